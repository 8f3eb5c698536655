using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The property that a committed entry is on a majority of disks, from the moment of its commit on.</summary>
public sealed class CommittedOnQuorumOfDisks : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(CommittedOnQuorumOfDisks);

    /// <inheritdoc />
    public override string Source => "paper, sections 5.3 and 5.4.2, Figure 8; thesis, sections 3.6, 3.8 and 10.2.1";

    /// <inheritdoc />
    public override string Statement =>
        "An entry is committed only when it, and an entry of the leader's term at or after it, are on a "
            + "majority of disks. It stays on a majority of disks.";

    /// <inheritdoc />
    public override string TlaName => "CommittedOnQuorumOfDisks";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
    [
        RaftEventKind.CommitAdvanced, RaftEventKind.DiskTruncated, RaftEventKind.DiskSnapshot, RaftEventKind.DiskAppended, RaftEventKind.Started,
    ];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        switch (e.Kind)
        {
            case RaftEventKind.CommitAdvanced:
                return e.Index > view.MaxCommitted ? CheckCommit(in e, view) : null;
            case RaftEventKind.Started:
                return e.Subject is DurableState durable ? CheckLoaded(e.Server, durable, view) : null;
            default:
                return CheckLoss(in e, view);
        }
    }

    private static string? CheckCommit(in RaftEvent e, ClusterView view)
    {
        ServerView server = view[e.Server];
        for (LogIndex index = view.MaxCommitted.Next(); index <= e.Index; index = index.Next())
        {
            if (server.Log[index] is { } entry && view.DisksHolding(entry) < view.Majority)
            {
                return $"{e.Server} commits entry {entry} in term {e.Term}, but the entry is {OnDisks(view.DisksHolding(entry), view)}; {view.DescribeDisks(index)}";
            }
        }

        if (server.Role != Role.Leader)
        {
            return null;
        }

        // Section 5.4.2: entries of older terms are committed only together with an entry of the current term.
        for (LogIndex index = e.Index; index <= server.Log.LastIndex; index = index.Next())
        {
            if (server.Log[index] is { } entry && entry.Term == e.Term && view.DisksHolding(entry) >= view.Majority)
            {
                return null;
            }
        }

        return $"{e.Server} commits up to entry {server.Log[e.Index]} in term {e.Term}, but no entry of that term at or after it is on a majority of disks";
    }

    // The disk loses its entries after `kept`, except for the entry that this event writes.
    private static string? CheckLoss(in RaftEvent e, ClusterView view)
    {
        LogView disk = view[e.Server].Disk.Log;
        LogIndex kept = e.Kind == RaftEventKind.DiskSnapshot ? Facts.Higher(e.Index, e.OtherIndex) : e.Index.Previous();
        LogIndex last = Facts.Lower(disk.LastIndex, view.MaxCommitted);
        for (LogIndex index = kept.Next(); index <= last; index = index.Next())
        {
            if (view.Committed(index) is { } entry && disk.Holds(entry) && view.DisksHolding(entry) <= view.Majority
                && !(e.Subject is LogEntry written && written.IsSameAs(entry)))
            {
                return Lost(e.Server, entry, view);
            }
        }

        return null;
    }

    private static string? CheckLoaded(ServerId server, DurableState durable, ClusterView view)
    {
        LogView disk = view[server].Disk.Log;
        if (disk.LastIndex == LogIndex.Zero)
        {
            return null;
        }

        LogView loaded = new();
        loaded.Load(durable);
        LogIndex last = Facts.Lower(disk.LastIndex, view.MaxCommitted);
        for (LogIndex index = new(1); index <= last; index = index.Next())
        {
            if (view.Committed(index) is { } entry && disk.Holds(entry) && !loaded.Holds(entry) && view.DisksHolding(entry) <= view.Majority)
            {
                return Lost(server, entry, view);
            }
        }

        return null;
    }

    private static string Lost(ServerId server, LogEntry entry, ClusterView view) =>
        $"the disk of {server} loses entry {entry}, committed in term {view.CommittedInTerm(entry.Index)}, "
            + $"and leaves it {OnDisks(view.DisksHolding(entry) - 1, view)}; before the loss, {view.DescribeDisks(entry.Index)}";

    private static string OnDisks(int disks, ClusterView view) => $"on {disks} of {view.Servers.Count} disks where {view.Majority} are needed";
}
