using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>
/// Evidence for wrong reactions to a message: the message being processed, and the server's reaction.
/// </summary>
internal static class StepEvidence
{
    private const int MaxVotes = 3;

    /// <summary>
    /// Adds the votes that the candidate received in the term. Older votes are added only if the votes of the term are
    /// too few to explain the count.
    /// </summary>
    public static void ElectedByMajority(Recording recording)
    {
        RaftEvent last = recording.Last;
        int own = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.Voted && e.Server == last.Server && e.Term == last.Term && e.Peer == e.Server);
        recording.Add(own, $"{last.Server} stands in term {last.Term}");
        List<int> ofTerm = [];
        List<int> older = [];
        for (int i = own + 1; i < recording.Violating; i++)
        {
            RaftEvent e = recording[i];
            if (e.Kind == RaftEventKind.MessageReceived && e.Server == last.Server && e.Subject is RequestVoteReply { VoteGranted: true } reply && reply.RequestTerm <= last.Term)
            {
                (reply.RequestTerm == last.Term ? ofTerm : older).Add(i);
            }
        }

        // The candidate's own vote counts, too.
        List<int> counted = ofTerm.Count + 1 >= recording.View.Majority ? ofTerm : [.. older.Concat(ofTerm).Order()];
        List<ServerId> voters = [];
        foreach (int vote in counted)
        {
            RequestVoteReply reply = (RequestVoteReply)recording[vote].Subject!;
            string which = voters.Contains(reply.From) ? " again" : reply.RequestTerm < last.Term ? $" of the older term {reply.RequestTerm}" : "";
            voters.Add(reply.From);
            recording.Add(vote >= counted[^Math.Min(MaxVotes, counted.Count)] ? vote : -1, $"it gets the vote of {reply.From}{which}");
        }

        recording.Add(recording.Violating, $"{last.Server} becomes leader of term {last.Term} without a majority");
    }

    /// <summary>Adds the message of a newer term, and the event before that term is adopted.</summary>
    public static void NewerTermAdopted(Recording recording)
    {
        RaftEvent last = recording.Last;
        AddTermOf(recording, last.Server);
        AddMessage(recording);
        recording.Add(recording.Violating, last.Kind == RaftEventKind.TermAdvanced ? $"{last.Server} goes to term {last.Term}" : Act(in last));
    }

    /// <summary>Adds the server's term, the older message, and the reaction to it.</summary>
    public static void StaleMessagesIgnored(Recording recording)
    {
        RaftEvent last = recording.Last;
        AddTermOf(recording, last.Server);
        AddMessage(recording);
        recording.Add(recording.Violating, Act(in last));
    }

    /// <summary>Adds the last restart of the timer and the message being processed.</summary>
    public static void ElectionTimerDiscipline(Recording recording)
    {
        RaftEvent last = recording.Last;
        recording.Add(
            recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind == RaftEventKind.ElectionTimerReset),
            $"{last.Server} starts its election timer");
        AddMessage(recording);
        recording.Add(recording.Violating, last.Kind == RaftEventKind.ElectionTimerReset ? $"{last.Server} restarts it" : $"{last.Server} continues without a restart of it");
    }

    /// <summary>Adds the request and the vote that contradicts it.</summary>
    public static void VotesForUpToDate(Recording recording)
    {
        RaftEvent last = recording.Last;
        if (last is { Kind: RaftEventKind.MessageSent, Subject: RequestVote request })
        {
            recording.Add(
                recording.Latest((in RaftEvent e) => e.Server == last.Server && e.Kind == RaftEventKind.Voted && e.Peer == e.Server && e.Term <= request.Term),
                $"{last.Server} stands for election");
            recording.Add(LastLogChange(recording, last.Server), $"its log then ends at {recording.View[last.Server].Log.LastIndex}");
            recording.Add(recording.Violating, $"{last.Server} sends: {request}");
            return;
        }

        recording.Add(LastLogChange(recording, last.Server), $"the log of {last.Server} ends at {recording.View[last.Server].Log.LastIndex}");
        int asked = recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.MessageReceived, Subject: RequestVote } && e.Server == last.Server);
        recording.Add(asked, asked < 0 ? "" : $"{recording[asked].Peer} asks for its vote: {recording[asked].Subject}");
        recording.Add(recording.Violating, Act(in last));
    }

    /// <summary>Adds the request being processed and the change that it does not ask for.</summary>
    public static void ChangesLogAsRequested(Recording recording)
    {
        RaftEvent last = recording.Last;
        AddMessage(recording);
        recording.Add(recording.Violating, $"{Act(in last)}, which the request does not ask for");
    }

    /// <summary>Adds the leader's request, and the acknowledgement or commit beyond it.</summary>
    public static void MatchIndexIsTrue(Recording recording)
    {
        RaftEvent last = recording.Last;
        AddMessage(recording);
        recording.Add(LastLogChange(recording, last.Server), $"the log of {last.Server} ends at {recording.View[last.Server].Log.LastIndex}");
        recording.Add(recording.Violating, Act(in last));
    }

    /// <summary>Adds the election and the acknowledgements that reach the committed index.</summary>
    public static void CommittedByMajority(Recording recording)
    {
        RaftEvent last = recording.Last;
        int elected = recording.Latest((in RaftEvent e) => e is { Kind: RaftEventKind.RoleChanged, Role: Role.Leader } && e.Server == last.Server);
        recording.Add(elected, $"{last.Server} becomes leader of term {last.Term}");
        int acknowledged = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.MessageReceived && e.Server == last.Server
            && e.Subject is AppendEntriesReply { Success: true } or InstallSnapshotReply { Installed: true });
        recording.Add(acknowledged > elected ? acknowledged : -1, acknowledged < 0 ? "" : $"{recording[acknowledged].Peer} says: {recording[acknowledged].Subject}");
        recording.Add(recording.Violating, $"{last.Server} commits through {last.Index}");
    }

    /// <summary>Adds the entry in the leader's log and the message that contradicts it.</summary>
    public static void LeaderSendsItsLog(Recording recording)
    {
        RaftEvent last = recording.Last;
        ServerView leader = recording.View[last.Server];
        recording.Add(LastLogChange(recording, last.Server), $"the log of {last.Server} ends at {leader.Log.LastIndex}");
        recording.Add(
            recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.CommitAdvanced && e.Server == last.Server),
            $"it has committed through {leader.CommitIndex}");
        recording.Add(recording.Violating, $"{last.Server} sends to {last.Peer}: {last.Subject}");
    }

    // Adds the message in hand. When the violating event is a sent answer, it adds the request from the same server.
    private static void AddMessage(Recording recording)
    {
        RaftEvent last = recording.Last;
        int taken = recording.Latest((in RaftEvent e) => e.Kind == RaftEventKind.MessageReceived && e.Server == last.Server
            && (last.Kind != RaftEventKind.MessageSent || e.Peer == last.Peer));
        recording.Add(taken, taken < 0 ? "" : $"{last.Server} takes from {recording[taken].Peer}: {recording[taken].Subject}");
    }

    private static void AddTermOf(Recording recording, ServerId server)
    {
        int term = recording.Latest((in RaftEvent e) => e.Server == server && e.Kind is RaftEventKind.TermAdvanced or RaftEventKind.Started);
        recording.Add(term, $"{server} is in term {recording.View[server].Term}");
    }

    private static int LastLogChange(Recording recording, ServerId server) => recording.Latest((in RaftEvent e) => e.Server == server
        && e.Kind is RaftEventKind.EntryAppended or RaftEventKind.LogTruncated or RaftEventKind.SnapshotInstalled or RaftEventKind.Started);

    private static string Act(in RaftEvent e) => e.Kind switch
    {
        RaftEventKind.Voted => $"{e.Server} votes for {e.Peer}",
        RaftEventKind.RoleChanged => $"{e.Server} becomes {e.Role.ToString().ToLowerInvariant()}",
        RaftEventKind.EntryAppended => $"{e.Server} appends entry {e.Subject}",
        RaftEventKind.LogTruncated => $"{e.Server} deletes its entries from {e.Index} on",
        RaftEventKind.SnapshotInstalled => $"{e.Server} installs the snapshot through {e.Index}",
        RaftEventKind.CommitAdvanced => $"{e.Server} commits through {e.Index}",
        RaftEventKind.MessageSent => $"{e.Server} tells {e.Peer}: {e.Subject}",
        _ => $"the next act of {e.Server}: {e.Kind}",
    };
}
