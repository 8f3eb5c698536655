using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The durable content of a server's disk, which a crash at this moment would leave. After a crash during a write, the
/// next start may find more parts of that write.
/// </summary>
public sealed class DiskView
{
    internal DiskView()
    {
    }

    /// <summary>The term on disk.</summary>
    public Term Term { get; private set; }

    /// <summary>The vote on disk, given in <see cref="Term"/>.</summary>
    public ServerId VotedFor { get; private set; }

    /// <summary>The snapshot on disk, if any.</summary>
    public Snapshot? Snapshot { get; private set; }

    /// <summary>The log that a server would recover from the disk.</summary>
    public LogView Log { get; } = new();

    internal void Load(DurableState durable)
    {
        SetTermAndVote(durable.CurrentTerm, durable.VotedFor);
        Snapshot = durable.Snapshot;
        Log.Load(durable);
    }

    internal void SetTermAndVote(Term term, ServerId vote)
    {
        Term = term;
        VotedFor = vote;
    }

    internal void SetSnapshot(Snapshot snapshot, bool keepSuffix)
    {
        Snapshot = snapshot;
        Log.ReplacePrefix(snapshot.LastIncludedIndex, snapshot.LastIncludedTerm, keepSuffix);
    }
}
