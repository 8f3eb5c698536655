namespace Raft.Verified.Server;

/// <summary>
/// The state of a server's lifetime. It only moves forward in this list, from <see cref="Running"/> to one of the last
/// two.
/// </summary>
public enum RaftServerState
{
    /// <summary>The server takes part in its cluster and takes calls.</summary>
    Running,

    /// <summary>
    /// The server was asked to stop. It refuses calls, finishes the work that it has begun, and then is
    /// <see cref="Stopped"/>.
    /// </summary>
    Stopping,

    /// <summary>The server has shut down gracefully.</summary>
    Stopped,

    /// <summary>
    /// A part of the server failed (<see cref="RaftStatus.Fault"/>). The server refuses calls, and has stopped or is
    /// about to. <see cref="RaftServer.Completion"/> completes when its parts have ended.
    /// </summary>
    Failed,
}
