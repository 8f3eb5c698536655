using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The property that terms only grow, in memory, on disk, and between the two.</summary>
public sealed class MonotonicTerm : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(MonotonicTerm);

    /// <inheritdoc />
    public override string Source => "paper, section 5.1 and Figure 2 (currentTerm); thesis, section 3.8";

    /// <inheritdoc />
    public override string Statement =>
        "A server's current term never decreases, nor does the term on its disk. It never starts in an "
            + "older term than the one on its disk.";

    /// <inheritdoc />
    public override string TlaName => "MonotonicTerm";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
    [
        RaftEventKind.Started, RaftEventKind.TermAdvanced, RaftEventKind.RoleChanged, RaftEventKind.Voted, RaftEventKind.DiskTermAndVote,
    ];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        ServerView server = view[e.Server];
        switch (e.Kind)
        {
            case RaftEventKind.Started:
                return e.Term >= server.Disk.Term
                    ? null
                    : $"{e.Server} starts in term {e.Term}, but its disk holds term {server.Disk.Term}";
            case RaftEventKind.TermAdvanced:
                return e.Term > server.Term ? null : $"{e.Server} goes from term {server.Term} to term {e.Term}";
            case RaftEventKind.DiskTermAndVote:
                return e.OtherTerm >= server.Disk.Term
                    ? null
                    : $"the disk of {e.Server} goes from term {server.Disk.Term} to term {e.OtherTerm}";
            default:
                return e.Term >= server.Term ? null : $"{e.Server} was in term {server.Term} and is in term {e.Term} at {e.Kind}";
        }
    }
}
