namespace Raft.Verified.Protocol;

/// <summary>
/// Checks whether a correct server of the cluster can have sent a message, whatever its state. Each message is checked
/// on receipt, because the core relies on well-formed messages. A faulty peer or a corrupting transport must not stop a
/// server or damage its log.
/// </summary>
/// <remarks>
/// Raft tolerates servers that crash, not servers that lie: a well-formed but untrue message is believed.
/// </remarks>
public static class MessageValidation
{
    /// <summary>
    /// The highest accepted term, index or round. It is half of the range, so that the sum of two accepted values
    /// cannot overflow. A cluster that counts a million per second reaches it in 146,000 years.
    /// </summary>
    public const long Highest = long.MaxValue / 2;

    /// <summary>Looks for a reason to refuse a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The receiver's settings.</param>
    /// <returns>The reason, as a sentence without its full stop; null when the message is well-formed.</returns>
    public static string? FindFault(Message message, RaftCoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        return FindFaultOfAddress(message, options) ?? message switch
        {
            AppendEntries append => FindFault(append),
            AppendEntriesReply reply => FindFault(reply),
            RequestVote request => FindFault(request),
            RequestVoteReply reply => FindFaultOfReply(reply.Term, reply.RequestTerm, reply.VoteGranted),
            InstallSnapshot chunk => FindFault(chunk),
            InstallSnapshotReply reply => FindFault(reply),
            _ => $"{message.GetType().Name} is no message of Raft",
        };
    }

    private static string? FindFaultOfAddress(Message message, RaftCoreOptions options)
    {
        if (message.To != options.Id)
        {
            return $"it is for {message.To}, and this is {options.Id}";
        }

        if (message.From == options.Id)
        {
            return $"it is from {message.From} itself";
        }

        return options.SlotOf(message.From) < 0 ? $"{message.From} is not in the cluster [{string.Join(", ", options.Servers)}]"
            : IsWithin(1, message.Term.Value) ? null
            : Bad("term", message.Term.Value, 1);
    }

    // A candidate's term is newer than all of its log.
    private static string? FindFault(RequestVote request) =>
        FindFaultOfPosition("last entry", request.LastLogIndex, request.LastLogTerm, request.Term)
            ?? (request.LastLogTerm < request.Term ? null : $"the last entry's term {request.LastLogTerm} is not older than the candidate's, {request.Term}");

    private static string? FindFault(AppendEntries append)
    {
        if ((FindFaultOfPosition("previous entry", append.PrevLogIndex, append.PrevLogTerm, append.Term)
            ?? FindFaultOfIndex("commit index", append.LeaderCommit)
            ?? FindFaultOfRound(append.Round)) is { } fault)
        {
            return fault;
        }

        LogIndex index = append.PrevLogIndex;
        Term term = append.PrevLogTerm;
        foreach (LogEntry? entry in append.Entries.Span)
        {
            index = index.Next();
            if (entry is null)
            {
                return $"there is no entry at {index}";
            }

            if (entry.Index != index)
            {
                return $"entry {entry} stands where {index} is expected";
            }

            if (entry.Term < term || entry.Term == Term.Zero)
            {
                return $"entry {entry} follows one of term {term}";
            }

            if (entry.Kind is not (EntryKind.Command or EntryKind.Empty))
            {
                return $"entry {entry} is of the unknown kind {(int)entry.Kind}";
            }

            term = entry.Term;
        }

        return term <= append.Term ? null : $"the last entry's term {term} is newer than the leader's, {append.Term}";
    }

    private static string? FindFault(AppendEntriesReply reply) =>
        FindFaultOfReply(reply.Term, reply.RequestTerm, reply.Success)
            ?? FindFaultOfIndex("previous index", reply.PrevLogIndex)
            ?? FindFaultOfIndex("match index", reply.MatchIndex)
            ?? FindFaultOfIndex("conflict index", reply.ConflictIndex)
            ?? FindFaultOfIndex("last index", reply.LastLogIndex)
            ?? FindFaultOfRound(reply.Round)
            ?? (reply.ConflictTerm < Term.Zero || reply.ConflictTerm > reply.Term ? Bad("conflict term", reply.ConflictTerm.Value, 0, reply.Term.Value)
                : reply.Success && reply.MatchIndex < reply.PrevLogIndex ? $"it matches up to {reply.MatchIndex}, and the request began after {reply.PrevLogIndex}"
                : null);

    private static string? FindFault(InstallSnapshot chunk)
    {
        if (!IsWithin(1, chunk.LastIncludedIndex.Value))
        {
            return Bad("last included index", chunk.LastIncludedIndex.Value, 1);
        }

        return chunk.Offset < 0 || chunk.Data.Length > Array.MaxLength - chunk.Offset
            ? $"the chunk has {chunk.Data.Length} bytes at offset {chunk.Offset}; a snapshot has 0 to {Array.MaxLength}"
            : FindFaultOfPosition("last included entry", chunk.LastIncludedIndex, chunk.LastIncludedTerm, chunk.Term) ?? FindFaultOfRound(chunk.Round);
    }

    private static string? FindFault(InstallSnapshotReply reply) =>
        FindFaultOfReply(reply.Term, reply.RequestTerm, reply.Installed)
            ?? (IsWithin(1, reply.LastIncludedIndex.Value) ? null : Bad("last included index", reply.LastIncludedIndex.Value, 1))
            ?? (reply.NextOffset >= 0 ? null : Bad("next offset", reply.NextOffset, 0, Array.MaxLength))
            ?? FindFaultOfRound(reply.Round);

    // A replying server has adopted the request's term first, and agrees to nothing in a newer term.
    private static string? FindFaultOfReply(Term term, Term requestTerm, bool agrees) =>
        requestTerm < new Term(1) || requestTerm > term ? Bad("request's term", requestTerm.Value, 1, term.Value)
            : agrees && requestTerm < term ? $"it agrees to a request of term {requestTerm} in term {term}"
            : null;

    // The position before the first entry has term 0. Entries have terms from 1 to the sender's term.
    private static string? FindFaultOfPosition(string name, LogIndex index, Term term, Term newest) =>
        FindFaultOfIndex(name, index)
            ?? (index == LogIndex.Zero == (term == Term.Zero) && term >= Term.Zero && term <= newest ? null
                : $"the {name} is {index}/{term}; expected 0/0, or a term from 1 to {newest}");

    private static string? FindFaultOfIndex(string name, LogIndex index) => IsWithin(0, index.Value) ? null : Bad(name, index.Value, 0);

    private static string? FindFaultOfRound(ReadRound round) => IsWithin(0, round.Value) ? null : Bad("round", round.Value, 0);

    private static bool IsWithin(long lowest, long value) => value >= lowest && value <= Highest;

    private static string Bad(string name, long value, long lowest, long highest = Highest) => $"the {name} is {value}; expected {lowest} to {highest}";
}
