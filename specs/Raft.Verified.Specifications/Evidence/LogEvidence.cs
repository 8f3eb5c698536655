using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>Evidence for logs that disagree.</summary>
internal static class LogEvidence
{
    /// <summary>Adds the election of the leader that changes its log, and the entry that it had.</summary>
    public static void LeaderAppendOnly(Recording recording)
    {
        RaftEvent last = recording.Last;
        int elected = recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.RoleChanged, Role: Role.Leader } && e.Server == last.Server);
        int had = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.EntryAppended && e.Server == last.Server && e.Index == last.Index);
        recording.Add(had, $"{last.Server} has an entry at {last.Index}");
        recording.Add(elected, $"{last.Server} becomes leader of term {last.Term}");
        recording.Add(recording.Violating, $"{last.Server}, still leader, changes its log at {last.Index}");
    }

    /// <summary>
    /// Adds the same entry on another server with different content, or with a different previous entry.
    /// </summary>
    public static void LogMatching(Recording recording)
    {
        foreach (LogEntry entry in EntriesOf(recording.Last))
        {
            int different = recording.First((in RaftEvent e) => EntryAt(in e, entry.Index) is { } other && other.Term == entry.Term && !other.IsSameAs(entry));
            if (different >= 0)
            {
                recording.Add(different, $"{recording[different].Server} has another entry {entry.Index}/{entry.Term}");
                recording.Add(recording.Violating, $"{recording.Last.Server} has entry {entry.Index}/{entry.Term} with different content");
                return;
            }
        }

        foreach (LogEntry entry in EntriesOf(recording.Last))
        {
            if (AddOtherPredecessor(recording, entry))
            {
                return;
            }
        }
    }

    /// <summary>Adds the commit of the entry that the leader lacks, and a vote from a server that had it.</summary>
    public static void LeaderCompleteness(Recording recording)
    {
        RaftEvent last = recording.Last;
        if (last.Kind == RaftEventKind.CommitAdvanced)
        {
            int elected = recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.RoleChanged, Role: Role.Leader } && e.Term > last.Term
                && Lacks(recording.View[e.Server].Log, recording.View[last.Server].Log, recording.View.MaxCommitted.Next(), last.Index));
            recording.Add(elected, $"{(elected < 0 ? "a server" : recording[elected].Server)} leads a newer term without the entry");
            recording.Add(recording.Violating, $"{last.Server} commits up to {last.Index} in term {last.Term}");
            return;
        }

        ClusterView view = recording.View;
        LogView log = view[last.Server].Log;
        for (LogIndex index = Facts.Higher(new LogIndex(1), log.SnapshotIndex); index <= view.MaxCommitted; index = index.Next())
        {
            if (view.Committed(index) is not { } entry || view.CommittedInTerm(index) >= last.Term || log.Holds(entry))
            {
                continue;
            }

            int commit = recording.FirstCommitOf(index);
            recording.Add(commit, $"{recording[commit].Server} commits entry {entry} in term {view.CommittedInTerm(index)}");
            int vote = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.MessageSent && e.Subject is RequestVoteReply { VoteGranted: true } reply
                && reply.To == last.Server && reply.RequestTerm == last.Term && view[reply.From].Log.Holds(entry));
            recording.Add(vote, $"{(vote < 0 ? "" : recording[vote].Server)}, which has entry {entry}, votes for {last.Server}");
            recording.Add(recording.Violating, $"{last.Server} leads term {last.Term} without entry {entry}");
            return;
        }
    }

    private static bool Lacks(LogView leader, LogView committer, LogIndex from, LogIndex to)
    {
        for (LogIndex index = from; index <= to; index = index.Next())
        {
            if (committer[index] is { } entry && !leader.Holds(entry))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AddOtherPredecessor(Recording recording, LogEntry entry)
    {
        RaftEvent last = recording.Last;
        int same = recording.First((in RaftEvent e) => EntryAt(in e, entry.Index)?.Term == entry.Term && e.Server != last.Server);
        int before = same < 0 ? -1 : recording.Latest((in RaftEvent e) => e.Server == recording[same].Server && EntryAt(in e, entry.Index.Previous()) is not null, same + 1);
        int own = recording.Latest((in RaftEvent e) => e.Server == last.Server && EntryAt(in e, entry.Index.Previous()) is not null);
        if (same < 0 || (before >= 0 && own >= 0
            && EntryAt(recording[before], entry.Index.Previous())!.Term == EntryAt(recording[own], entry.Index.Previous())!.Term))
        {
            return false;
        }

        recording.Add(same, $"{recording[same].Server} also has entry {entry.Index}/{entry.Term}");
        recording.Add(before, before < 0 ? "" : $"there it follows {EntryAt(recording[before], entry.Index.Previous())}");
        recording.Add(own, own < 0 ? "" : $"here it follows {EntryAt(recording[own], entry.Index.Previous())}");
        recording.Add(recording.Violating, $"{last.Server} has entry {entry.Index}/{entry.Term} after a different entry");
        return true;
    }

    private static LogEntry? EntryAt(in RaftEvent e, LogIndex index)
    {
        foreach (LogEntry entry in EntriesOf(e))
        {
            if (entry.Index == index)
            {
                return entry;
            }
        }

        return null;
    }

    private static IReadOnlyList<LogEntry> EntriesOf(in RaftEvent e) => e switch
    {
        { Kind: RaftEventKind.EntryAppended or RaftEventKind.DiskAppended, Subject: LogEntry entry } => [entry],
        { Kind: RaftEventKind.Started, Subject: DurableState durable } => durable.Entries,
        _ => [],
    };
}
