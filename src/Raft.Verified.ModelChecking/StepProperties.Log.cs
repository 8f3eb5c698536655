using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

// The changes of the log in a step, and the knowledge that a leader has of its followers.
internal sealed partial class StepProperties
{
    private (string Property, string Message)? Log(TakenStep step, CoreState then, CoreState now)
    {
        if (cluster.HistoryOf(then) is not { } was || cluster.HistoryOf(now) is not { } has)
        {
            return null;
        }

        bool leads = then.Role == Role.Leader && now.Role == Role.Leader && then.CurrentTerm == now.CurrentTerm;
        int same = was.AsSpan().CommonPrefixLength(has);
        if (leads && same < was.Length)
        {
            return ("LeaderAppendOnly", $"the leader of term {now.CurrentTerm} had {was.Length} entries and now has {has.Length} that do not begin with them");
        }

        if (same < then.CommitIndex.Value)
        {
            return ("StateMachineSafety", $"entries up to {then.CommitIndex} were committed, but those from {same + 1} on are deleted or replaced");
        }

        if (same < was.Length || same < has.Length)
        {
            string? broken = now.Role == Role.Leader ? ByLeader(step, now, was, has)
                : step.Received is AppendEntries append && append.Term == now.CurrentTerm ? ByAppend(append, was, has)
                : step.Received is InstallSnapshot { Done: true } install && install.Term == now.CurrentTerm ? BySnapshot(install, then, now)
                : "no input asks for this change";
            if (broken is not null)
            {
                return ("ChangesLogAsRequested", $"a log of {was.Length} entries now has {has.Length}, of which the first {same} are unchanged: {broken}");
            }
        }

        return Commit(step, then, now) ?? Answers(step, now, has) ?? Requests(step, now, has);
    }

    private string? ByLeader(TakenStep step, CoreState now, LogEntry[] was, LogEntry[] has)
    {
        bool elected = step.Before.Core!.Role != Role.Leader;
        int expected = step.Input.Action == ModelAction.Propose || (elected && bounds.EmptyEntry) ? 1 : 0;
        if (has.Length - was.Length != expected || was.AsSpan().CommonPrefixLength(has) < was.Length)
        {
            return $"a leader must add {expected} at {step.Input.Action}";
        }

        LogEntry last = has[^1];
        EntryKind kind = elected ? EntryKind.Empty : EntryKind.Command;
        return last.Term != now.CurrentTerm || last.Index.Value != has.Length || last.Kind != kind
            ? $"the added entry is {last}; expected {kind} at {has.Length} in term {now.CurrentTerm}"
            : null;
    }

    private static string? ByAppend(AppendEntries append, LogEntry[] was, LogEntry[] has)
    {
        long prev = append.PrevLogIndex.Value;
        if (prev > was.Length || (prev > 0 && was[prev - 1].Term != append.PrevLogTerm))
        {
            return $"the request's previous entry {append.PrevLogIndex}/{append.PrevLogTerm} is not in the log";
        }

        ReadOnlySpan<LogEntry> entries = append.Entries.Span;
        int same = was.AsSpan().CommonPrefixLength(has);
        long firstOther = long.MaxValue;
        for (int i = 0; i < entries.Length; i++)
        {
            long at = prev + i;
            if (at >= has.Length || !has[at].Equals(entries[i]))
            {
                return $"the request's entry {entries[i]} is not in the log";
            }

            if (at < was.Length && was[at].Term != entries[i].Term)
            {
                firstOther = Math.Min(firstOther, at);
            }
        }

        if (same < was.Length && same < firstOther)
        {
            return $"entry {same + 1} is deleted, but the request does not conflict with it";
        }

        return has.Length > Math.Max(was.Length, append.LastIndex.Value) || (firstOther < long.MaxValue && has.Length != append.LastIndex.Value)
            ? $"the log ends at {has.Length}, the request at {append.LastIndex}"
            : null;
    }

    private string? BySnapshot(InstallSnapshot install, CoreState then, CoreState now) =>
        install.LastIncludedIndex <= then.CommitIndex ? $"the snapshot covers entries up to {install.LastIncludedIndex}, but entries up to {then.CommitIndex} are already committed"
        : now.Snapshot?.LastIncludedIndex != install.LastIncludedIndex || now.Entries.Count != 0 ? $"the snapshot covers entries up to {install.LastIncludedIndex}, but does not replace the whole log"
        : cluster.Snapshots.HistoryOf(now.Snapshot)?.Length != install.LastIncludedIndex.Value ? "the chunks of the snapshot do not belong together"
        : null;

    // Sections 5.3 and 5.4.2, Figure 2.
    private (string Property, string Message)? Commit(TakenStep step, CoreState then, CoreState now)
    {
        if (now.CommitIndex == then.CommitIndex)
        {
            return null;
        }

        if (now.Role != Role.Leader)
        {
            LogIndex shown = step.Received switch
            {
                AppendEntries append when append.Term == now.CurrentTerm => LogIndex.Min(append.LeaderCommit, append.LastIndex),
                InstallSnapshot { Done: true } install when install.Term == now.CurrentTerm => install.LastIncludedIndex,
                _ => LogIndex.Zero,
            };
            return now.CommitIndex > shown
                ? ("MatchIndexIsTrue", $"the commit index goes from {then.CommitIndex} to {now.CommitIndex}; the received message shows entries up to {shown}")
                : null;
        }

        int holders = now.Followers.Count(follower => follower.MatchIndex >= now.CommitIndex) + (step.After.Disk.LastIndex >= now.CommitIndex ? 1 : 0);
        Term term = cluster.HistoryOf(now) is { } has && now.CommitIndex.Value <= has.Length ? has[now.CommitIndex.Value - 1].Term : Term.Zero;
        return term != now.CurrentTerm || holders < Majority
            ? ("CommittedByMajority", $"the leader of term {now.CurrentTerm} commits entry {now.CommitIndex} of term {term}, which {holders} of {bounds.Servers} servers have acknowledged where {Majority} are needed")
            : null;
    }

    // Section 5.3: the acknowledgements of a follower.
    private static (string Property, string Message)? Answers(TakenStep step, CoreState now, LogEntry[] has)
    {
        foreach (Message message in step.Made)
        {
            (string, string)? broken = message switch
            {
                AppendEntriesReply { Success: true } reply when !Acknowledges(reply, step.Received as AppendEntries, now, has) =>
                    ("MatchIndexIsTrue", $"{reply} acknowledges entries that {step.Received?.ToString() ?? step.Input.Action.ToString()} does not cover"),
                AppendEntriesReply reply when step.Received is AppendEntries append && (reply.PrevLogIndex != append.PrevLogIndex || reply.RequestTerm != append.Term || reply.Round != append.Round) =>
                    ("MatchIndexIsTrue", $"{reply} names a request of term {reply.RequestTerm} after entry {reply.PrevLogIndex}, but answers {append}"),
                InstallSnapshotReply { Installed: true } reply when !(step.Received is InstallSnapshot install && install.Term == now.CurrentTerm && reply.RequestTerm == install.Term
                    && reply.LastIncludedIndex == install.LastIncludedIndex && now.CommitIndex >= install.LastIncludedIndex) =>
                    ("MatchIndexIsTrue", $"{reply} acknowledges a snapshot that is not installed"),
                _ => null,
            };
            if (broken is not null)
            {
                return broken;
            }
        }

        return null;
    }

    private static bool Acknowledges(AppendEntriesReply reply, AppendEntries? append, CoreState now, LogEntry[] has)
    {
        if (append is null || append.Term != now.CurrentTerm || reply.To != append.From || reply.MatchIndex > append.LastIndex || append.LastIndex.Value > has.Length)
        {
            return false;
        }

        long prev = append.PrevLogIndex.Value;
        return (prev == 0 || has[prev - 1].Term == append.PrevLogTerm) && append.Entries.Span.SequenceEqual(has.AsSpan((int)prev, append.Entries.Length));
    }

    // Sections 5.3 and 7: the requests of a leader.
    private (string Property, string Message)? Requests(TakenStep step, CoreState now, LogEntry[] has)
    {
        foreach (Message message in step.Made)
        {
            bool isTrue = message switch
            {
                AppendEntries append => now.Role == Role.Leader && append.Term == now.CurrentTerm && append.LeaderCommit <= now.CommitIndex
                    && append.LastIndex.Value <= has.Length && append.Entries.Length <= bounds.MaxEntries && append.Round <= now.Round
                    && (append.PrevLogIndex.Value == 0 || has[append.PrevLogIndex.Value - 1].Term == append.PrevLogTerm)
                    && append.Entries.Span.SequenceEqual(has.AsSpan((int)append.PrevLogIndex.Value, append.Entries.Length)),
                InstallSnapshot install => now.Role == Role.Leader && install.Term == now.CurrentTerm && IsPrefix(install, has) && install.Round <= now.Round,
                _ => true,
            };
            if (!isTrue)
            {
                return ("LeaderSendsItsLog", $"{message} is sent by a {now.Role} of term {now.CurrentTerm} with {has.Length} entries, {now.CommitIndex} of them committed");
            }
        }

        return null;
    }

    private bool IsPrefix(InstallSnapshot install, LogEntry[] has)
    {
        long length = install.LastIncludedIndex.Value;
        if (length < 1 || length > has.Length || has[length - 1].Term != install.LastIncludedTerm || install.Done != (install.Offset + install.Data.Length == bounds.Chunks && install.Data.Length > 0))
        {
            return false;
        }

        return install.Data.IsEmpty || (cluster.Snapshots.HistoryOf(install.Data.Span[0]) is { } covered && covered.AsSpan().SequenceEqual(has.AsSpan(0, (int)length)));
    }

    // Sections 5.3 and 8: a leader knows of a follower only what this follower has reported in this term.
    private (string Property, string Message)? Replication(TakenStep step, CoreState then, CoreState now)
    {
        bool leads = then.Role == Role.Leader && now.Role == Role.Leader && then.CurrentTerm == now.CurrentTerm;
        if (!leads)
        {
            return null;
        }

        if (step.Input.Action == ModelAction.Read && now.Reads.Count + step.ServedCount > then.Reads.Count && now.Round <= then.Round)
        {
            return ("LeadershipBegunOnce", $"a read joins round {now.Round}, whose requests may already have been answered");
        }

        for (int i = 0; i < now.Followers.Count; i++)
        {
            FollowerState was = then.Followers[i];
            FollowerState has = now.Followers[i];
            (LogIndex told, ReadRound round) = step.Received switch
            {
                AppendEntriesReply reply when reply.From == has.Server && reply.RequestTerm == now.CurrentTerm => (reply.Success ? reply.MatchIndex : LogIndex.Zero, reply.Round),
                InstallSnapshotReply reply when reply.From == has.Server && reply.RequestTerm == now.CurrentTerm => (reply.Installed ? reply.LastIncludedIndex : LogIndex.Zero, reply.Round),
                _ => (LogIndex.Zero, ReadRound.None),
            };
            if (has.MatchIndex < was.MatchIndex || (has.MatchIndex > was.MatchIndex && has.MatchIndex != told))
            {
                return ("CommittedByMajority", $"the match index of {has.Server} goes from {was.MatchIndex} to {has.MatchIndex}, but {has.Server} reports {told}");
            }

            if (has.ConfirmedRound < was.ConfirmedRound || (has.ConfirmedRound > was.ConfirmedRound && has.ConfirmedRound != round))
            {
                return ("ReadsConfirmedByMajority", $"the confirmed round of {has.Server} goes from {was.ConfirmedRound} to {has.ConfirmedRound}, but {has.Server} reports {round}");
            }
        }

        for (int i = 0; i < step.ServedCount && i < then.Reads.Count; i++)
        {
            ReadState read = then.Reads[i];
            int confirmed = 1 + now.Followers.Count(follower => follower.ConfirmedRound >= read.Round);
            if (confirmed < Majority || now.LastApplied < read.Index)
            {
                return ("ReadsConfirmedByMajority", $"a read of round {read.Round} at entry {read.Index} is served when {confirmed} of {bounds.Servers} servers have confirmed it and {now.LastApplied} entries are applied; expected {Majority} and {read.Index}");
            }
        }

        return null;
    }
}
