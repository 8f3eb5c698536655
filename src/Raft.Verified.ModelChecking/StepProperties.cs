using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The properties that a single step of one server can violate, under the names of <c>specs/properties.md</c>. The
/// expected outcome follows from the paper and the input, not from values that the core computed.
/// </summary>
internal sealed partial class StepProperties(CoreCluster cluster, ModelBounds bounds)
{
    // More than half of the servers. The quorum of the shipping code is not used, because it may be wrong.
    private int Majority => (bounds.Servers / 2) + 1;

    /// <summary>Returns the first property that the step violates, with a message; null for none.</summary>
    public (string Property, string Message)? Check(TakenStep step)
    {
        foreach (Message message in step.Sent)
        {
            if (Promise(message, step.After.Disk) is { } broken)
            {
                return ("NoAcknowledgementBeforeDurability", $"{message.From} sends {message} while its disk {broken}");
            }
        }

        CoreState now = step.After.Core!;
        if (step.After.Disk.CurrentTerm < step.Before.Disk.CurrentTerm || now.CurrentTerm < step.Before.Disk.CurrentTerm)
        {
            return ("MonotonicTerm", $"the term on disk was {step.Before.Disk.CurrentTerm}; now it is {step.After.Disk.CurrentTerm}, and the term of the server is {now.CurrentTerm}");
        }

        return step.Before.Core is { } then
            ? Order(then, now) ?? Terms(step, then, now) ?? Votes(step, then, now) ?? Timers(step, then, now) ?? Log(step, then, now) ?? Replication(step, then, now)
            : Recovery(step, now);
    }

    // Values that never decrease, and values that do not change within a term.
    private static (string Property, string Message)? Order(CoreState then, CoreState now)
    {
        if (now.CurrentTerm < then.CurrentTerm)
        {
            return ("MonotonicTerm", $"the term falls from {then.CurrentTerm} to {now.CurrentTerm}");
        }

        bool sameTerm = now.CurrentTerm == then.CurrentTerm;
        if (sameTerm && !then.VotedFor.IsNone && now.VotedFor != then.VotedFor)
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

        bool leads = sameTerm && then.Role == Role.Leader;
        if (leads && now.Role != Role.Leader)
        {
            return ("LeadershipBegunOnce", $"the leader of term {now.CurrentTerm} becomes a {now.Role} in the same term");
        }

        return leads && (now.TermStart != then.TermStart || now.Round < then.Round)
            ? ("LeadershipBegunOnce", $"the leader of term {now.CurrentTerm} began it at entry {then.TermStart} and was in round {then.Round}; now these are entry {now.TermStart} and round {now.Round}")
            : null;
    }

    // Section 5.1.
    private static (string Property, string Message)? Terms(TakenStep step, CoreState then, CoreState now)
    {
        Term expected = step.Received is { } message ? (message.Term > then.CurrentTerm ? message.Term : then.CurrentTerm)
            : step.Input.Action == ModelAction.ElectionTimeout ? then.CurrentTerm.Next()
            : then.CurrentTerm;
        if (now.CurrentTerm != expected)
        {
            return ("NewerTermAdopted", $"the term goes from {then.CurrentTerm} to {now.CurrentTerm}; expected {expected}");
        }

        if (step.Received is { } newer && newer.Term > then.CurrentTerm && now.Role != Role.Follower)
        {
            return ("NewerTermAdopted", $"a {then.Role} receives {newer} of a newer term and is then a {now.Role}; expected a {Role.Follower}");
        }

        return step.Received is { } received && IsStale(received, then) && !IsIgnored(received, step.Made, then, now)
            ? ("StaleMessagesIgnored", $"{received} is stale in term {then.CurrentTerm}, but the server does not ignore it")
            : null;
    }

    private static bool IsStale(Message message, CoreState then) =>
        RequestTermOf(message) is { } asked ? asked < then.CurrentTerm && message.Term <= then.CurrentTerm : message.Term < then.CurrentTerm;

    private static Term? RequestTermOf(Message message) => message switch
    {
        RequestVoteReply reply => reply.RequestTerm,
        AppendEntriesReply reply => reply.RequestTerm,
        InstallSnapshotReply reply => reply.RequestTerm,
        _ => null,
    };

    private static bool IsIgnored(Message message, IReadOnlyList<Message> made, CoreState then, CoreState now) =>
        now.VotedFor == then.VotedFor && now.Role == then.Role && now.CommitIndex == then.CommitIndex && now.LeaderId == then.LeaderId
        && now.Snapshot?.LastIncludedIndex == then.Snapshot?.LastIncludedIndex && then.Entries.SequenceEqual(now.Entries)
        && made.All(answer => answer.To == message.From && answer is RequestVoteReply { VoteGranted: false } or AppendEntriesReply { Success: false } or InstallSnapshotReply { Installed: false });

    // Sections 5.2 and 5.4.1.
    private (string Property, string Message)? Votes(TakenStep step, CoreState then, CoreState now)
    {
        RequestVote? asked = step.Received as RequestVote;
        bool isVote = asked is not null && asked.Term == now.CurrentTerm && now.VotedFor == asked.From
            && (asked.LastLogTerm > LastTerm(then) || (asked.LastLogTerm == LastTerm(then) && asked.LastLogIndex >= LastIndex(then)));
        bool isNew = !now.VotedFor.IsNone && (now.VotedFor != then.VotedFor || now.CurrentTerm != then.CurrentTerm);
        ServerId self = new(step.Input.Server + 1);
        if (isNew && now.VotedFor != self && !isVote)
        {
            return ("VotesForUpToDate", $"the vote of term {now.CurrentTerm} goes to {now.VotedFor}, which did not request it with a log that is at least as up-to-date");
        }

        foreach (Message message in step.Made)
        {
            if (message is RequestVoteReply { VoteGranted: true } granted && !(isVote && granted.To == asked!.From && granted.RequestTerm == asked.Term))
            {
                return ("VotesForUpToDate", $"{granted} to {granted.To} gives a vote that was not requested with a log that is at least as up-to-date");
            }

            if (message is RequestVote request && (request.Term != now.CurrentTerm || request.LastLogIndex != LastIndex(then) || request.LastLogTerm != LastTerm(then) || now.VotedFor != self))
            {
                return ("VotesForUpToDate", $"{request} is sent in term {now.CurrentTerm} with a log that ends at {LastIndex(then)}/{LastTerm(then)} and a vote for {now.VotedFor}");
            }
        }

        return Electorate(step, then, now, self);
    }

    private (string Property, string Message)? Electorate(TakenStep step, CoreState then, CoreState now, ServerId self)
    {
        bool elected = now.Role == Role.Leader && (then.Role != Role.Leader || then.CurrentTerm != now.CurrentTerm);
        if (!elected && now.Role != Role.Candidate)
        {
            return null;
        }

        HashSet<ServerId> voters = then.Role == Role.Candidate && then.CurrentTerm == now.CurrentTerm ? [.. then.Votes] : [];
        if (step.Received is RequestVoteReply { VoteGranted: true } reply && reply.RequestTerm == now.CurrentTerm && reply.Term == now.CurrentTerm)
        {
            voters.Add(reply.From);
        }

        if (step.After.Disk.CurrentTerm == now.CurrentTerm && step.After.Disk.VotedFor == self)
        {
            voters.Add(self);
        }

        if (now.Votes.FirstOrDefault(voter => !voters.Contains(voter)) is { IsNone: false } stranger)
        {
            return ("ElectedByMajority", $"{self} counts a vote of {stranger} in term {now.CurrentTerm} that it was not given");
        }

        return elected && voters.Count < Majority
            ? ("ElectedByMajority", $"{self} leads term {now.CurrentTerm} with the votes of {string.Join(", ", voters.OrderBy(voter => voter.Value))}; {Majority} of {bounds.Servers} are needed")
            : null;
    }

    // Section 5.2, Figure 2: the inputs that restart the election timer. No other input may restart it.
    private static (string Property, string Message)? Timers(TakenStep step, CoreState then, CoreState now)
    {
        bool granted = step.Made.Any(message => message is RequestVoteReply { VoteGranted: true });
        bool led = step.Received is AppendEntries or InstallSnapshot && step.Received.Term == now.CurrentTerm;
        bool deposed = then.Role == Role.Leader && now.Role != Role.Leader;
        bool stood = step.Input.Action == ModelAction.ElectionTimeout;
        bool resets = step.Timers.HasFlag(TimerEffects.ResetElection);
        return resets != (granted || led || deposed || stood)
            ? ("ElectionTimerDiscipline", $"the election timer {(resets ? "restarts" : "does not restart")} at {step.Received?.ToString() ?? step.Input.Action.ToString()} in term {now.CurrentTerm}")
            : null;
    }

    private static (string Property, string Message)? Recovery(TakenStep step, CoreState now) =>
        now.CurrentTerm != step.Before.Disk.CurrentTerm || now.VotedFor != step.Before.Disk.VotedFor || now.Role != Role.Follower || now.CommitIndex.Value != (now.Snapshot?.LastIncludedIndex.Value ?? 0)
            ? ("MonotonicTerm", $"a restart finds term {step.Before.Disk.CurrentTerm} and vote {step.Before.Disk.VotedFor}; the server is a {now.Role} of term {now.CurrentTerm} with vote {now.VotedFor}, and commit index {now.CommitIndex}")
            : null;

    private static LogIndex LastIndex(CoreState core) => new((core.Snapshot?.LastIncludedIndex.Value ?? 0) + core.Entries.Count);

    private static Term LastTerm(CoreState core) => core.Entries.Count > 0 ? core.Entries[^1].Term : core.Snapshot?.LastIncludedTerm ?? Term.Zero;

    // Describes a promise of the message that the disk does not hold; null when it holds all of them.
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
}
