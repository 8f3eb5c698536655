using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

/// <summary>
/// The messages that no correct server sends. Each is a possible message in which one field has an impossible value.
/// </summary>
internal static class Distortions
{
    private const long Far = 1000;

    /// <summary>Creates every distorted message.</summary>
    /// <param name="from">The server that the messages name as their sender.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="term">
    /// The receiver's term; at least 1, because a term of 0 would make every message malformed.
    /// </param>
    /// <param name="log">The receiver's log.</param>
    /// <returns>The messages, grouped by kind.</returns>
    public static IReadOnlyList<Message>[] Of(ServerId from, ServerId to, Term term, LogView log)
    {
        LogIndex last = log.LastIndex;
        Term lastTerm = log.TryTermAt(last, out Term known) ? known : Term.Zero;
        return
        [
            [.. Appends(new AppendEntries(from, to, term, last, lastTerm, default, last))],
            [.. AppendReplies(new AppendEntriesReply(from, to, term, term, true, last, last, default, default, default), last)],
            [.. Votes(new RequestVote(from, to, term.Next(), last, lastTerm))],
            [.. VoteReplies(new RequestVoteReply(from, to, term, term, true))],
            [.. Snapshots(new InstallSnapshot(from, to, term, last + Far, term, 0, new byte[] { 1, 2, 3 }, true))],
            [.. SnapshotReplies(new InstallSnapshotReply(from, to, term, term, LogIndex.Max(log.SnapshotIndex, new(1)), 1, true))],
        ];
    }

    private static IEnumerable<Message> Appends(AppendEntries m)
    {
        Term old = m.PrevLogTerm > Term.Zero ? m.PrevLogTerm : new(1);
        LogEntry Entry(long offset, Term term, EntryKind kind = EntryKind.Command) => new(term, m.PrevLogIndex + offset, kind, new byte[12]);
        AppendEntries With(params LogEntry[] entries) => m with { Entries = entries };

        yield return m with { Term = Term.Zero };
        yield return m with { Term = new(-1) };
        yield return m with { Term = new(long.MaxValue) };
        yield return m with { PrevLogIndex = new(-1) };
        yield return m with { PrevLogIndex = new(long.MinValue) };
        yield return m with { PrevLogIndex = new(long.MaxValue) };
        yield return m with { PrevLogIndex = LogIndex.Zero, PrevLogTerm = m.Term };
        yield return m with { PrevLogIndex = new(-1), PrevLogTerm = Term.Zero, Entries = new[] { new LogEntry(m.Term, LogIndex.Zero, EntryKind.Command, new byte[12]) } };
        yield return m with { PrevLogTerm = new(-1) };
        yield return m with { PrevLogTerm = m.Term.Next() };
        yield return m with { LeaderCommit = new(-1) };
        yield return m with { LeaderCommit = new(long.MaxValue) };
        yield return m with { Round = new(-1) };
        yield return m with { Round = new(long.MaxValue) };
        yield return With(Entry(1, m.Term), Entry(3, m.Term));
        yield return With(Entry(2, m.Term));
        yield return With(Entry(1, m.Term), Entry(1, m.Term));
        yield return With(Entry(2, m.Term), Entry(1, m.Term));
        yield return With(Entry(0, m.Term), Entry(1, m.Term));
        yield return With(Entry(long.MinValue, m.Term));
        yield return With(Entry(1, new(-1)));
        yield return With(Entry(1, Term.Zero));
        yield return With(Entry(1, new(old.Value - 1)));
        yield return With(Entry(1, m.Term), Entry(2, new(m.Term.Value - 1)));
        yield return With(Entry(1, m.Term.Next()));
        yield return With(Entry(1, new(long.MaxValue)));
        yield return With(Entry(1, m.Term, (EntryKind)77));
        yield return With(Entry(1, m.Term), null!);
        yield return With(null!, null!);
    }

    // The first four are well-formed. Only the leader can know that these entries and this round do not exist.
    private static IEnumerable<Message> AppendReplies(AppendEntriesReply m, LogIndex last)
    {
        AppendEntriesReply refusal = m with { Success = false, MatchIndex = LogIndex.Zero };

        yield return refusal with { PrevLogIndex = last + Far, LastLogIndex = last + (2 * Far) };
        yield return refusal with { PrevLogIndex = last + Far, ConflictTerm = m.Term, ConflictIndex = last + Far };
        yield return m with { MatchIndex = last + Far };
        yield return m with { Round = new(Far) };
        yield return m with { Term = Term.Zero };
        yield return m with { Term = new(long.MaxValue) };
        yield return m with { RequestTerm = Term.Zero };
        yield return m with { RequestTerm = m.Term.Next() };
        yield return m with { RequestTerm = new(m.Term.Value - 1) };
        yield return m with { PrevLogIndex = new(-1) };
        yield return m with { PrevLogIndex = m.MatchIndex.Next() };
        yield return m with { MatchIndex = new(-1) };
        yield return m with { MatchIndex = new(long.MaxValue) };
        yield return m with { Round = new(-1) };
        yield return m with { Round = new(long.MaxValue) };
        yield return refusal with { PrevLogIndex = new(long.MaxValue) };
        yield return refusal with { ConflictTerm = new(-1) };
        yield return refusal with { ConflictTerm = m.Term.Next() };
        yield return refusal with { ConflictIndex = new(-1) };
        yield return refusal with { ConflictIndex = new(long.MaxValue) };
        yield return refusal with { LastLogIndex = new(-1) };
        yield return refusal with { LastLogIndex = new(long.MaxValue) };
    }

    private static IEnumerable<Message> Votes(RequestVote m)
    {
        yield return m with { Term = Term.Zero };
        yield return m with { Term = new(long.MinValue) };
        yield return m with { Term = new(long.MaxValue) };
        yield return m with { LastLogIndex = new(-1) };
        yield return m with { LastLogIndex = new(long.MaxValue) };
        yield return m with { LastLogIndex = LogIndex.Zero, LastLogTerm = new(m.Term.Value - 1) };
        yield return m with { LastLogTerm = new(-1) };
        yield return m with { LastLogTerm = m.Term };
        yield return m with { LastLogTerm = new(long.MaxValue) };
    }

    private static IEnumerable<Message> VoteReplies(RequestVoteReply m)
    {
        yield return m with { Term = Term.Zero };
        yield return m with { Term = new(-1) };
        yield return m with { Term = new(long.MaxValue) };
        yield return m with { RequestTerm = Term.Zero };
        yield return m with { RequestTerm = m.Term.Next() };
        yield return m with { Term = m.Term.Next() };
    }

    private static IEnumerable<Message> Snapshots(InstallSnapshot m)
    {
        yield return m with { Term = Term.Zero };
        yield return m with { Term = new(long.MaxValue) };
        yield return m with { LastIncludedIndex = LogIndex.Zero };
        yield return m with { LastIncludedIndex = new(-1) };
        yield return m with { LastIncludedIndex = new(long.MaxValue) };
        yield return m with { LastIncludedTerm = Term.Zero };
        yield return m with { LastIncludedTerm = new(-1) };
        yield return m with { LastIncludedTerm = m.Term.Next() };
        yield return m with { Offset = -1 };
        yield return m with { Offset = int.MinValue };
        yield return m with { Offset = int.MaxValue };
        yield return m with { Round = new(-1) };
    }

    private static IEnumerable<Message> SnapshotReplies(InstallSnapshotReply m)
    {
        InstallSnapshotReply chunk = m with { Installed = false };

        yield return m with { Term = Term.Zero };
        yield return m with { RequestTerm = m.Term.Next() };
        yield return m with { LastIncludedIndex = LogIndex.Zero };
        yield return m with { LastIncludedIndex = new(long.MaxValue) };
        yield return chunk with { NextOffset = -1 };
        yield return chunk with { NextOffset = int.MinValue };
        yield return m with { Round = new(-1) };
        yield return chunk with { Round = new(long.MaxValue) };
    }
}
