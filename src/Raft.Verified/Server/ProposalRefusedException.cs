using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The failure of a proposal that was refused or whose outcome is unknown.</summary>
/// <param name="reason">The reason for the refusal.</param>
/// <param name="leader">The leader to try next; none when this server does not know it.</param>
/// <param name="index">The position of the command's entry; 0 when it was never appended.</param>
public sealed class ProposalRefusedException(ProposalRefusalReason reason, ServerId leader, LogIndex index)
    : RaftException($"The proposal was refused because {Describe(reason)}; {Describe(leader)}.", leader)
{
    /// <summary>The reason for the refusal.</summary>
    public ProposalRefusalReason Reason { get; } = reason;

    /// <summary>The position of the command's entry; 0 when it was never appended.</summary>
    public LogIndex Index { get; } = index;

    /// <summary>
    /// True when the command certainly has no effect, now or later. Otherwise a retry is safe only if the state machine
    /// recognises retries.
    /// </summary>
    public bool HasNoEffect => Reason is ProposalRefusalReason.NotLeader or ProposalRefusalReason.Superseded || (Reason == ProposalRefusalReason.Stopped && Index == LogIndex.Zero);

    private static string Describe(ProposalRefusalReason reason) => reason switch
    {
        ProposalRefusalReason.NotLeader => "this server is not the leader",
        ProposalRefusalReason.Superseded => "another leader's entry took its place",
        ProposalRefusalReason.OutcomeUnknown => "its outcome is unknown to this server",
        _ => "the server stopped",
    };
}
