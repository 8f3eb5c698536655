using Raft.Verified.Protocol;

namespace Raft.Verified.Testing.Page;

/// <summary>The description of a message without notation, for people who see it for the first time.</summary>
internal static class MessageSentence
{
    /// <summary>Returns the content of a message, in a sentence whose subject is the sender.</summary>
    /// <param name="message">The message.</param>
    public static string Of(Message message) => message switch
    {
        RequestVote m => $"asks for a vote in term {m.Term}; {Last(m.LastLogIndex, m.LastLogTerm)}",
        RequestVoteReply { VoteGranted: true } m => $"grants its vote in term {m.RequestTerm}",
        RequestVoteReply m => $"refuses its vote in term {m.RequestTerm}; its own term is {m.Term}",
        AppendEntries { Entries.IsEmpty: true } m => $"heartbeat of the leader of term {m.Term}: {Previous(m)}, and {Committed(m.LeaderCommit)}",
        AppendEntries m => $"the leader of term {m.Term} sends {Entries(m)}: {Previous(m)}, and {Committed(m.LeaderCommit)}",
        AppendEntriesReply { Success: true } m => $"confirms that its log matches the leader's {Through(m.MatchIndex)}",
        AppendEntriesReply m => $"refuses: it does not have the leader's entry {m.PrevLogIndex}; {Conflict(m)}",
        InstallSnapshot m => $"sends {Bytes(m)} of the snapshot through entry {m.LastIncludedIndex} of term {m.LastIncludedTerm}{(m.Done ? ", the last part" : "")}",
        InstallSnapshotReply { Installed: true } m => $"has installed the snapshot through entry {m.LastIncludedIndex}",
        InstallSnapshotReply m => $"asks for the snapshot through entry {m.LastIncludedIndex} from byte {m.NextOffset} on",
        _ => $"{message}",
    };

    private static string Last(LogIndex index, Term term) => index == LogIndex.Zero ? "its log is empty" : $"its last entry is {index} of term {term}";

    private static string Through(LogIndex index) => index == LogIndex.Zero ? "through no entry yet" : $"through entry {index}";

    private static string Previous(AppendEntries m) =>
        m.PrevLogIndex == LogIndex.Zero ? "no entry comes before" : $"entry {m.PrevLogIndex} of term {m.PrevLogTerm} comes before";

    private static string Committed(LogIndex index) => index == LogIndex.Zero ? "nothing is committed" : $"entries through {index} are committed";

    private static string Entries(AppendEntries m)
    {
        LogEntry[] entries = m.Entries.ToArray();
        (LogEntry first, LogEntry last) = (entries[0], entries[^1]);
        return first.Index == last.Index ? $"entry {first.Index} of term {first.Term}"
            : first.Term == last.Term ? $"entries {first.Index} to {last.Index} of term {first.Term}"
            : $"entries {first.Index} to {last.Index} of terms {first.Term} to {last.Term}";
    }

    private static string Conflict(AppendEntriesReply m) => m.ConflictTerm == Term.Zero
        ? $"its log ends with entry {m.LastLogIndex}"
        : $"its entries of term {m.ConflictTerm} begin with {m.ConflictIndex}, and its log ends with {m.LastLogIndex}";

    private static string Bytes(InstallSnapshot m) => m.Data.Length == 1 ? $"byte {m.Offset}" : $"{m.Data.Length} bytes from byte {m.Offset} on";
}
