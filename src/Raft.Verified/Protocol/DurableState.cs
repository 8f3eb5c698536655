namespace Raft.Verified.Protocol;

/// <summary>
/// The state that a server must find again after a crash (paper, Figure 2, "persistent state", and the snapshot of
/// section 7).
/// </summary>
/// <param name="CurrentTerm">The latest term seen.</param>
/// <param name="VotedFor">The candidate voted for in that term, if any.</param>
/// <param name="Snapshot">The newest snapshot, if any.</param>
/// <param name="Entries">The log on disk, contiguous. May begin at or before the snapshot's end, when a crash came between the two writes.</param>
public sealed record DurableState(Term CurrentTerm, ServerId VotedFor, Snapshot? Snapshot, IReadOnlyList<LogEntry> Entries)
{
    /// <summary>The durable state of a new server.</summary>
    public static DurableState Empty { get; } = new(Term.Zero, ServerId.None, null, []);
}
