using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>The comparison of messages by content.</summary>
internal static class MessageContent
{
    /// <summary>
    /// Returns true when two messages have the same content. The data of a snapshot are not compared, because two
    /// worlds write the same state in different bytes.
    /// </summary>
    public static bool IsSame(Message left, Message right) => (left, right) switch
    {
        (InstallSnapshot one, InstallSnapshot other) => one with { Data = default } == other with { Data = default },
        _ => left == right,
    };

    /// <summary>
    /// Returns true when one message can stand in for another: the same kind of message of the same term, on the same
    /// link.
    /// </summary>
    public static bool IsAlike(Message left, Message right) =>
        left.GetType() == right.GetType() && (left.From, left.To, left.Term) == (right.From, right.To, right.Term) && Agrees(left) == Agrees(right);

    private static bool Agrees(Message message) => message switch
    {
        RequestVoteReply reply => reply.VoteGranted,
        AppendEntriesReply reply => reply.Success,
        InstallSnapshotReply reply => reply.Installed,
        _ => true,
    };
}
