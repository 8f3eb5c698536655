using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The base of the exceptions with which a server refuses what a client asks for.</summary>
/// <param name="message">The message, in sentences.</param>
/// <param name="leader">The leader to try next; none when the server does not know it.</param>
public abstract class RaftException(string message, ServerId leader) : Exception(message)
{
    /// <summary>The leader to try next; none when the server does not know it.</summary>
    public ServerId Leader { get; } = leader;

    /// <summary>Returns the end of a message: who leads.</summary>
    private protected static string Describe(ServerId leader) => leader.IsNone ? "no leader is known" : $"the leader is {leader}";
}
