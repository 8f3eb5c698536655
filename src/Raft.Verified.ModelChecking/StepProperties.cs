using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>The properties that a single step of one server can break, under the names of <c>specs/README.md</c>.</summary>
internal static class StepProperties
{
    public static (string Property, string Message)? Check(CoreCluster cluster, LocalState before, LocalState after, IReadOnlyList<Message> sent)
    {
        CoreState now = after.Core!;
        foreach (Message message in sent)
        {
            if (Promise(message, after.Disk) is { } broken)
            {
                return ("NoAcknowledgementBeforeDurability", $"{message.From} sends {message} while its disk {broken}");
            }
        }

        if (after.Disk.CurrentTerm < before.Disk.CurrentTerm || now.CurrentTerm < before.Disk.CurrentTerm)
        {
            return ("MonotonicTerm", $"the term on disk was {before.Disk.CurrentTerm}; it is {after.Disk.CurrentTerm}, and the server's {now.CurrentTerm}");
        }

        return before.Core is { } then ? Check(cluster, then, now) : null;
    }

    private static (string Property, string Message)? Check(CoreCluster cluster, CoreState then, CoreState now)
    {
        if (now.CurrentTerm < then.CurrentTerm)
        {
            return ("MonotonicTerm", $"the term falls from {then.CurrentTerm} to {now.CurrentTerm}");
        }

        if (now.CurrentTerm == then.CurrentTerm && !then.VotedFor.IsNone && now.VotedFor != then.VotedFor)
        {
            return ("OneVotePerTerm", $"the vote of term {now.CurrentTerm} changes from {then.VotedFor} to {now.VotedFor}");
        }

        if (now.CommitIndex < then.CommitIndex)
        {
            return ("MonotonicCommit", $"the commit index falls from {then.CommitIndex} to {now.CommitIndex}");
        }

        if (now.LastApplied < then.LastApplied)
        {
            return ("MonotonicApplied", $"the applied index falls from {then.LastApplied} to {now.LastApplied}");
        }

        if (now.LastApplied > now.CommitIndex)
        {
            return ("AppliedInOrder", $"entry {now.LastApplied} is applied; entries up to {now.CommitIndex} are committed");
        }

        if (then.Role == Role.Leader && now.Role == Role.Leader && then.CurrentTerm == now.CurrentTerm
            && cluster.HistoryOf(then) is { } was && cluster.HistoryOf(now) is { } has
            && !(has.Length >= was.Length && SameEntries(was, has.AsSpan(0, was.Length))))
        {
            return ("LeaderAppendOnly", $"the leader of term {now.CurrentTerm} had {was.Length} entries and now has {has.Length} that do not begin with them");
        }

        return null;
    }

    // What a message promises that the disk does not hold; null when it holds everything.
    private static string? Promise(Message message, DiskState disk)
    {
        if (disk.CurrentTerm < message.Term)
        {
            return $"holds term {disk.CurrentTerm}";
        }

        bool sameTerm = disk.CurrentTerm == message.Term;
        return message switch
        {
            RequestVote when sameTerm && disk.VotedFor != message.From => $"holds the vote {disk.VotedFor}",
            RequestVoteReply { VoteGranted: true } when sameTerm && disk.VotedFor != message.To => $"holds the vote {disk.VotedFor}",
            AppendEntriesReply { Success: true } reply when disk.LastIndex < reply.MatchIndex => $"ends at {disk.LastIndex}",
            InstallSnapshotReply { Installed: true } reply when disk.LastIndex < reply.LastIncludedIndex => $"ends at {disk.LastIndex}",
            _ => null,
        };
    }

    internal static bool SameEntries(ReadOnlySpan<LogEntry> left, ReadOnlySpan<LogEntry> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (!left[i].HasSameContentAs(right[i]))
            {
                return false;
            }
        }

        return true;
    }
}
