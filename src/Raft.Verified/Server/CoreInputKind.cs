namespace Raft.Verified.Server;

/// <summary>The inputs of <see cref="Protocol.RaftCore"/>, under the names of its methods; <c>specs/tla/Raft.tla</c> has them as actions.</summary>
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
