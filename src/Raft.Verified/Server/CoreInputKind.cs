namespace Raft.Verified.Server;

/// <summary>
/// The kinds of input of <see cref="Protocol.RaftCore"/>, named after its methods. In <c>specs/tla/Raft.tla</c> they
/// are actions.
/// </summary>
public enum CoreInputKind
{
    /// <summary>The server started: <see cref="Protocol.RaftCore.Start"/>.</summary>
    Start,

    /// <summary>See <see cref="Protocol.RaftCore.ElectionTimeout"/>.</summary>
    ElectionTimeout,

    /// <summary>See <see cref="Protocol.RaftCore.HeartbeatTimeout"/>.</summary>
    HeartbeatTimeout,

    /// <summary>See <see cref="Protocol.RaftCore.Receive"/>.</summary>
    Receive,

    /// <summary>See <see cref="Protocol.RaftCore.Propose"/>.</summary>
    Propose,

    /// <summary>See <see cref="Protocol.RaftCore.Compact"/>.</summary>
    Compact,

    /// <summary>See <see cref="Protocol.RaftCore.Read"/>.</summary>
    Read,

    /// <summary>See <see cref="Protocol.RaftCore.WriteCompleted"/>.</summary>
    WriteCompleted,
}
