using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A proposal that was committed and applied.</summary>
/// <param name="Term">The term of its entry.</param>
/// <param name="Index">The position of its entry.</param>
/// <param name="Result">The state machine's answer.</param>
public sealed record ProposalResult(Term Term, LogIndex Index, ReadOnlyMemory<byte> Result);

/// <summary>A proposal that the leader has appended to its log, which is no promise that it will be committed.</summary>
/// <param name="Term">The term of its entry.</param>
/// <param name="Index">The position of its entry; should the leader lose its leadership, another entry may be committed there.</param>
/// <param name="Completion">
/// Completes when the entry is committed and applied here; with <see cref="ProposalRefusedException"/> when it cannot be, or its outcome is unknown here.
/// </param>
public sealed record ProposalAcceptance(Term Term, LogIndex Index, Task<ProposalResult> Completion);

/// <summary>Why a proposal was refused.</summary>
public enum RefusalReason
{
    /// <summary>This server is not the leader. The command was not appended; it has no effect.</summary>
    NotLeader,

    /// <summary>An entry of a newer term was committed at or before the command's position: the command can never take effect.</summary>
    Superseded,

    /// <summary>
    /// This server lost track of the command: it lost its leadership, or caught up by a snapshot. The command may or may not take effect.
    /// </summary>
    OutcomeUnknown,

    /// <summary>
    /// The server is stopping, has stopped or has failed. A command that was appended before (<see cref="ProposalRefusedException.Index"/> says where) may
    /// or may not take effect; one that was not has no effect.
    /// </summary>
    Stopped,
}

/// <summary>A proposal was refused, or its outcome is unknown.</summary>
/// <param name="reason">Why.</param>
/// <param name="leader">The leader as far as this server knows, to try next; possibly none.</param>
/// <param name="index">The position of the command's entry; 0 when it was never appended.</param>
public sealed class ProposalRefusedException(RefusalReason reason, ServerId leader, LogIndex index)
    : Exception($"proposal refused: {Describe(reason)}{(leader.IsNone ? "; no leader is known" : $"; the leader is {leader}")}")
{
    /// <summary>Why.</summary>
    public RefusalReason Reason { get; } = reason;

    /// <summary>The leader as far as the server knows; possibly none.</summary>
    public ServerId Leader { get; } = leader;

    /// <summary>The position of the command's entry; 0 when it was never appended.</summary>
    public LogIndex Index { get; } = index;

    /// <summary>Whether the command certainly has no effect, now or later. If not, only a retry that is recognised as one is safe.</summary>
    public bool HasNoEffect => Reason is RefusalReason.NotLeader or RefusalReason.Superseded || (Reason == RefusalReason.Stopped && Index == LogIndex.Zero);

    private static string Describe(RefusalReason reason) => reason switch
    {
        RefusalReason.NotLeader => "this server is not the leader",
        RefusalReason.Superseded => "another leader's entry took its place",
        RefusalReason.OutcomeUnknown => "its outcome is unknown to this server",
        _ => "the server stopped",
    };
}

/// <summary>The server stopped before it did what was asked of it.</summary>
/// <param name="what">What it did not do any more.</param>
public sealed class RaftServerStoppedException(string what) : InvalidOperationException($"the server stopped before {what}");
