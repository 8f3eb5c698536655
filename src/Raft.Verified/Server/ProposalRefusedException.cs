using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A proposal was refused, or its outcome is unknown.</summary>
/// <param name="reason">Why.</param>
/// <param name="leader">The leader as far as this server knows, to try next; possibly none.</param>
/// <param name="index">The position of the command's entry; 0 when it was never appended.</param>
public sealed class ProposalRefusedException(ProposalRefusalReason reason, ServerId leader, LogIndex index)
    : RaftException($"The proposal was refused because {Describe(reason)}; {Describe(leader)}.", leader)
{
    /// <summary>Why.</summary>
    public ProposalRefusalReason Reason { get; } = reason;

    /// <summary>The position of the command's entry; 0 when it was never appended.</summary>
    public LogIndex Index { get; } = index;

    /// <summary>Whether the command certainly has no effect, now or later. If not, only a retry that is recognised as one is safe.</summary>
    public bool HasNoEffect => Reason is ProposalRefusalReason.NotLeader or ProposalRefusalReason.Superseded || (Reason == ProposalRefusalReason.Stopped && Index == LogIndex.Zero);

    private static string Describe(ProposalRefusalReason reason) => reason switch
    {
        ProposalRefusalReason.NotLeader => "this server is not the leader",
        ProposalRefusalReason.Superseded => "another leader's entry took its place",
        ProposalRefusalReason.OutcomeUnknown => "its outcome is unknown to this server",
        _ => "the server stopped",
    };
}
