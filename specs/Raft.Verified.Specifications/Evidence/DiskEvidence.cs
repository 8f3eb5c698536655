using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>Evidence for disks that hold less than they should.</summary>
internal static class DiskEvidence
{
    /// <summary>Adds the entry in memory and the last write that reached the disk.</summary>
    public static void AppliedIsDurable(Recording recording)
    {
        RaftEvent last = recording.Last;
        int inMemory = recording.Latest((in RaftEvent e) => e.Server == last.Server
            && ((e.Kind == RaftEventKind.EntryAppended && e.Index == last.Index) || (e.Kind == RaftEventKind.SnapshotInstalled && e.Index >= last.Index)));
        recording.Add(inMemory, $"{last.Server} has {last.Index} in memory");
        recording.Add(LastDiskLog(recording, last.Server), $"its disk {recording.View[last.Server].Disk.Log.Describe(last.Index)}");
        recording.Add(recording.Violating, $"{last.Server} applies {last.Index}");
    }

    /// <summary>Adds the cause of the message and the last write, which contradicts it.</summary>
    public static void NoAcknowledgementBeforeDurability(Recording recording)
    {
        RaftEvent last = recording.Last;
        if (last.Subject is not Message message)
        {
            return;
        }

        DiskView disk = recording.View[last.Server].Disk;
        int cause = message is RequestVote
            ? recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind == RaftEventKind.TermAdvanced && e.Term == message.Term)
            : recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Peer == message.To && e.Kind == RaftEventKind.MessageReceived);
        recording.Add(cause, message is RequestVote ? $"{last.Server} goes to term {message.Term}" : $"{last.Server} is asked by {message.To}");
        if (disk.Term < message.Term || message is RequestVote or RequestVoteReply)
        {
            int vote = recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind is RaftEventKind.DiskTermAndVote or RaftEventKind.Started);
            recording.Add(vote, $"the disk of {last.Server} holds term {disk.Term} and {(disk.VotedFor.IsNone ? "no vote" : $"a vote for {disk.VotedFor}")}");
        }
        else
        {
            recording.Add(LastDiskLog(recording, last.Server), $"the disk of {last.Server} ends at {disk.Log.LastIndex}");
        }

        recording.Add(recording.Violating, $"{last.Server} tells {message.To}: {message}");
    }

    /// <summary>
    /// Adds the entry and the last message that the leader received, or the commit and the write of the lost entry.
    /// </summary>
    public static void CommittedOnQuorumOfDisks(Recording recording)
    {
        RaftEvent last = recording.Last;
        if (last.Kind == RaftEventKind.CommitAdvanced)
        {
            int entry = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.EntryAppended && e.Server == last.Server && e.Index == last.Index);
            recording.Add(entry, $"{last.Server} has entry {(entry < 0 ? last.Index : recording[entry].Subject)}");
            int reply = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.MessageReceived && e.Server == last.Server
                && e.Subject is AppendEntriesReply { Success: true } or InstallSnapshotReply { Installed: true } or AppendEntries);
            recording.Add(reply, $"the last message to {last.Server}: {(reply < 0 ? "" : recording[reply].Subject)}");
            recording.Add(recording.Violating, $"{last.Server} commits up to {last.Index}; {recording.View.DescribeDisks(last.Index)}");
            return;
        }

        LogView disk = recording.View[last.Server].Disk.Log;
        LogIndex from = Facts.Higher(disk.SnapshotIndex.Next(), last.Kind == RaftEventKind.Started ? LogIndex.Zero : last.Index);
        LogView? loaded = last.Subject is DurableState durable ? Load(durable) : null;
        for (LogIndex index = from; index <= recording.View.MaxCommitted; index = index.Next())
        {
            if (recording.View.Committed(index) is { } entry && disk.Holds(entry) && !(loaded?.Holds(entry) ?? false))
            {
                int commit = recording.FirstCommitOf(index);
                recording.Add(commit, $"{recording[commit].Server} commits entry {entry}");
                recording.Add(
                    recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind == RaftEventKind.DiskAppended && e.Index == index),
                    $"the disk of {last.Server} holds it");
                recording.Add(recording.Violating, $"the disk of {last.Server} loses entry {entry}");
                return;
            }
        }
    }

    /// <summary>Adds the commit and the application of the snapshot's last entry.</summary>
    public static void SnapshotEqualsReplay(Recording recording)
    {
        RaftEvent last = recording.Last;
        int commit = recording.FirstCommitOf(last.Index);
        int applied = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.Applied && e.Index == last.Index && e.Server == last.Server);
        recording.Add(commit, commit < 0 ? "" : $"{recording[commit].Server} commits entry {recording.View.Committed(last.Index)}");
        recording.Add(
            commit >= 0 ? -1 : recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.CommitAdvanced),
            $"no server has committed {last.Index} yet; this is the latest commit");
        recording.Add(applied, $"{last.Server} applies {last.Index}");
        recording.Add(recording.Violating, $"the snapshot through {last.Index}");
    }

    private static LogView Load(DurableState durable)
    {
        LogView log = new();
        log.Load(durable);
        return log;
    }

    private static int LastDiskLog(Recording recording, ServerId server) => recording.Latest((in RaftEvent e) => e.Server == server
        && e.Kind is RaftEventKind.DiskAppended or RaftEventKind.DiskTruncated or RaftEventKind.DiskSnapshot or RaftEventKind.Started);
}
