namespace Raft.Verified.Protocol;

/// <summary>
/// One durable write. Its parts reach the disk in the order of its members, each part whole or not at all. After a
/// crash, any prefix of the parts may be on disk. So the term precedes its entries, and the snapshot precedes the cut
/// of the log that it replaces.
/// </summary>
public sealed class DurableWrite
{
    /// <summary>The write's number; writes complete in the order of their numbers.</summary>
    public required WriteId Id { get; init; }

    /// <summary>Part 1: term and vote, together; null when they have not changed.</summary>
    public (Term CurrentTerm, ServerId VotedFor)? TermAndVote { get; init; }

    /// <summary>Part 2: the snapshot that replaces the log's prefix; null when there is no new one.</summary>
    public Snapshot? Snapshot { get; init; }

    /// <summary>
    /// Part 3, with <see cref="Snapshot"/>: the log on disk is cut. Entries behind the snapshot stay (it was taken from this log, or
    /// matches it), or the whole log goes.
    /// </summary>
    public bool KeepSuffix { get; init; }

    /// <summary>Part 4: the log from this index on is replaced by <see cref="Entries"/>; null when the log has not changed.</summary>
    public LogIndex? LogFrom { get; init; }

    /// <summary>The log from <see cref="LogFrom"/> on.</summary>
    public ReadOnlyMemory<LogEntry> Entries { get; init; }
}
