using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>Evidence for violations of commit and apply properties.</summary>
internal static class CommitEvidence
{
    /// <summary>Adds the commit of the other entry, or the server's commit of the entry that it deletes.</summary>
    public static void StateMachineSafety(Recording recording)
    {
        RaftEvent last = recording.Last;
        switch (last.Kind)
        {
            case RaftEventKind.LogTruncated:
                recording.Add(
                    recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.CommitAdvanced && e.Server == last.Server),
                    $"{last.Server} has committed up to {recording.View[last.Server].CommitIndex}");
                recording.Add(recording.Violating, $"{last.Server} deletes its entries from {last.Index} on");
                break;
            case RaftEventKind.Applied:
                AddCommitted(recording, last.Index, $"{last.Server} applies entry {last.Subject}");
                break;
            default:
                LogIndex index = FirstDifferent(recording);
                AddCommitted(recording, index, $"{last.Server} commits entry {recording.View[last.Server].Log[index]}");
                break;
        }
    }

    /// <summary>Adds the previous change of the commit index.</summary>
    public static void MonotonicCommit(Recording recording)
    {
        RaftEvent last = recording.Last;
        int before = recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind is RaftEventKind.CommitAdvanced or RaftEventKind.Started);
        recording.Add(before, $"the commit index of {last.Server} is {recording.View[last.Server].CommitIndex}");
        recording.Add(recording.Violating, $"it goes from {last.OtherIndex} to {last.Index}");
    }

    /// <summary>Adds the last application before the violation.</summary>
    public static void MonotonicApplied(Recording recording)
    {
        RaftEvent last = recording.Last;
        int before = recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Index > last.Index && e.Kind is RaftEventKind.Applied or RaftEventKind.Restored);
        recording.Add(before, $"{last.Server} has applied {(before < 0 ? "more" : recording[before].Index)}");
        recording.Add(recording.Violating, $"{last.Server} goes back to {last.Index}");
    }

    /// <summary>Adds the previously applied entry, or the server's last commit.</summary>
    public static void AppliedInOrder(Recording recording)
    {
        RaftEvent last = recording.Last;
        if (last.Index > recording.View[last.Server].CommitIndex)
        {
            int commit = recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind is RaftEventKind.CommitAdvanced or RaftEventKind.Started);
            recording.Add(commit, $"{last.Server} has committed up to {recording.View[last.Server].CommitIndex}");
        }
        else
        {
            int before = recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind is RaftEventKind.Applied or RaftEventKind.Restored or RaftEventKind.Started);
            recording.Add(before, $"{last.Server} has applied up to {recording.View[last.Server].AppliedIndex}");
        }

        recording.Add(recording.Violating, $"{last.Server} applies {last.Index}");
    }

    private static void AddCommitted(Recording recording, LogIndex index, string violating)
    {
        int commit = recording.FirstCommitOf(index);
        recording.Add(commit, commit < 0 ? "" : $"{recording[commit].Server} commits entry {recording.View.Committed(index)}");
        int highest = commit >= 0 ? -1 : recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.CommitAdvanced);
        recording.Add(highest, $"no server has committed {index} yet; this is the latest commit");
        recording.Add(recording.Violating, violating);
    }

    private static LogIndex FirstDifferent(Recording recording)
    {
        RaftEvent last = recording.Last;
        ServerView server = recording.View[last.Server];
        LogIndex index = Facts.Higher(server.CommitIndex, server.Log.SnapshotIndex).Next();
        for (; index < last.Index; index = index.Next())
        {
            if (recording.View.Committed(index) is { } committed && server.Log[index] is { } own && !committed.IsSameAs(own))
            {
                break;
            }
        }

        return index;
    }
}
