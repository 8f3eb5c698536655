using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>Evidence for violations of election properties.</summary>
internal static class ElectionEvidence
{
    /// <summary>Adds the other leader of the term, and a vote that counted for both leaders or twice.</summary>
    public static void ElectionSafety(Recording recording)
    {
        RaftEvent last = recording.Last;
        Term term = last.Term;
        int other = recording.First((in RaftEvent e) => e is { Kind: RaftEventKind.RoleChanged, Role: Role.Leader } && e.Term == term);
        if (last.Kind != RaftEventKind.RoleChanged)
        {
            recording.Add(other, $"{(other < 0 ? "" : recording[other].Server)} was elected leader of term {term}");
            if (other < 0)
            {
                recording.Add(LastRole(recording, last.Server), $"{last.Server} was not elected in term {term}");
            }

            recording.Add(recording.Violating, $"{last.Server} sends as leader of term {term}");
            return;
        }

        if (other < 0)
        {
            return;
        }

        ServerId first = recording[other].Server;
        recording.Add(other, $"{first} becomes leader of term {term}");
        AddDoubtfulVote(recording, first, last.Server, term);
        recording.Add(recording.Violating, first == last.Server ? $"{last.Server} becomes leader of term {term} again" : $"{last.Server} becomes leader of the same term {term}");
    }

    /// <summary>Adds the vote sent for another candidate, and the start in between that had lost it.</summary>
    public static void OneVotePerTerm(Recording recording)
    {
        RaftEvent last = recording.Last;
        if (last is { Kind: RaftEventKind.Started, Subject: DurableState disk })
        {
            int sent = recording.Latest((in RaftEvent e) =>
                VoteOf(e) is { } other && other.Voter == last.Server && other.Term == disk.CurrentTerm && other.Candidate != disk.VotedFor);
            recording.Add(sent, $"{last.Server} gives its vote of term {disk.CurrentTerm} to another server");
            recording.Add(recording.Violating, $"{last.Server} starts in term {disk.CurrentTerm} with a vote for {disk.VotedFor}");
            return;
        }

        if (VoteOf(recording.Last) is not { } vote)
        {
            return;
        }

        int earlier = recording.Latest((in RaftEvent e) =>
            VoteOf(e) is { } other && other.Voter == vote.Voter && other.Term == vote.Term && other.Candidate != vote.Candidate);
        if (earlier < 0)
        {
            return;
        }

        recording.Add(earlier, $"{vote.Voter} gives its vote of term {vote.Term} to {VoteOf(recording[earlier])!.Value.Candidate}");
        int start = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.Started && e.Server == vote.Voter);
        if (start > earlier)
        {
            RaftEvent started = recording[start];
            recording.Add(start, $"{vote.Voter} starts in term {started.Term}{(started.Peer.IsNone ? " without a vote" : $" with a vote for {started.Peer}")}");
        }

        recording.Add(recording.Violating, $"{vote.Voter} gives its vote of the same term to {vote.Candidate}");
    }

    /// <summary>Adds the event that showed the newer term.</summary>
    public static void MonotonicTerm(Recording recording)
    {
        RaftEvent last = recording.Last;
        if (last.Kind is RaftEventKind.Started or RaftEventKind.DiskTermAndVote)
        {
            Term now = last.Kind == RaftEventKind.Started ? last.Term : last.OtherTerm;
            int disk = recording.Latest((in RaftEvent e) => e.Server == last.Server
                && ((e.Kind == RaftEventKind.DiskTermAndVote && e.OtherTerm > now) || (e.Kind == RaftEventKind.Started && e.Term > now)));
            recording.Add(disk, $"the disk of {last.Server} holds {(disk < 0 ? "a newer term" : $"term {TermOnDisk(recording[disk])}")}");
            recording.Add(recording.Violating, last.Kind == RaftEventKind.Started ? $"{last.Server} starts in term {now}" : $"its disk goes back to term {now}");
            return;
        }

        int newer = recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Term >= last.Term && e.Kind is RaftEventKind.Started or RaftEventKind.TermAdvanced);
        recording.Add(newer, $"{last.Server} is in term {(newer < 0 ? last.Term : recording[newer].Term)}");
        recording.Add(recording.Violating, $"{last.Server} is in term {last.Term}");
    }

    private static Term TermOnDisk(in RaftEvent e) => e.Kind == RaftEventKind.Started ? e.Term : e.OtherTerm;

    // Two majorities have a voter in common. Either this voter gave its vote twice, or a leader counted one vote twice.
    // The point is the second vote, or the second receipt of the vote.
    private static void AddDoubtfulVote(Recording recording, ServerId first, ServerId second, Term term)
    {
        int twice = recording.Latest((in RaftEvent e) => VoteOf(e) is { } vote && vote.Term == term && vote.Candidate == second && vote.Voter != second
            && recording.First((in RaftEvent f) => VoteOf(f) is { } other && other.Voter == vote.Voter && other.Term == term && other.Candidate == first) >= 0);
        if (twice >= 0 && first != second)
        {
            recording.Add(twice, $"{recording[twice].Server} gives its vote to both: here to {second}");
            return;
        }

        foreach (ServerId leader in new[] { first, second })
        {
            int again = recording.Latest((in RaftEvent e) => IsVoteReceived(in e, leader, term)
                && CountVotes(recording, leader, e.Peer, term) > 1);
            recording.Add(again, $"{leader} receives the vote of {(again < 0 ? default : recording[again].Peer)} again");
        }
    }

    private static int CountVotes(Recording recording, ServerId leader, ServerId voter, Term term)
    {
        int count = 0;
        for (int i = 0; i < recording.Violating; i++)
        {
            RaftEvent e = recording[i];
            count += IsVoteReceived(in e, leader, term) && e.Peer == voter ? 1 : 0;
        }

        return count;
    }

    private static bool IsVoteReceived(in RaftEvent e, ServerId leader, Term term) =>
        e.Kind == RaftEventKind.MessageReceived && e.Server == leader && e.Subject is RequestVoteReply { VoteGranted: true } reply && reply.RequestTerm == term;

    private static (ServerId Voter, Term Term, ServerId Candidate)? VoteOf(in RaftEvent e) => e.Kind != RaftEventKind.MessageSent ? null : e.Subject switch
    {
        RequestVote request => (request.From, request.Term, request.From),
        RequestVoteReply { VoteGranted: true } reply => (reply.From, reply.RequestTerm, reply.To),
        _ => null,
    };

    private static int LastRole(Recording recording, ServerId server) =>
        recording.Latest((in RaftEvent e) => e.Server == server && e.Kind is RaftEventKind.RoleChanged or RaftEventKind.Started);
}
