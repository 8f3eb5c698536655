using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The base of the exceptions with which a server refuses what a client asks for.</summary>
/// <param name="message">The message, in sentences.</param>
/// <param name="leader">The leader as far as the server knows; possibly none.</param>
public abstract class RaftException(string message, ServerId leader) : Exception(message)
{
    /// <summary>The leader as far as the server knows, to try next; possibly none.</summary>
    public ServerId Leader { get; } = leader;

    /// <summary>Returns the end of a message: who leads.</summary>
    private protected static string Describe(ServerId leader) => leader.IsNone ? "no leader is known" : $"the leader is {leader}";
}
