namespace Raft.Verified.Protocol;

// Elections: the paper's sections 5.2 and 5.4.1.
public sealed partial class RaftCore
{
    /// <summary>
    /// The servers that have voted for this candidate. It includes the candidate itself once its own vote is durable.
    /// </summary>
    public IReadOnlyList<ServerId> VotesReceived => _votes.Voters;

    // Section 5.2: increment the term, vote for oneself, restart the election timer, ask all others. The own vote
    // counts, and the requests leave, once the vote is durable.
    private void StartElection()
    {
        AdvanceTerm(CurrentTerm.Next());
        _votes.Clear();
        Vote(Id);
        ChangeRole(Role.Candidate);
        ResetElectionTimer();
        foreach (ServerId peer in _options.Servers)
        {
            if (peer != Id)
            {
                SendWhenDurable(new RequestVote(Id, peer, CurrentTerm, Log.LastIndex, Log.LastTerm));
            }
        }
    }

    private void HandleRequestVote(RequestVote request)
    {
        bool granted = request.Term == CurrentTerm
            && (VotedFor.IsNone || VotedFor == request.From)
            && IsUpToDate(request.LastLogTerm, request.LastLogIndex);
        if (granted)
        {
            if (VotedFor.IsNone)
            {
                Vote(request.From);
            }

            ResetElectionTimer();
        }

        SendWhenDurable(new RequestVoteReply(Id, request.From, CurrentTerm, request.Term, granted));
    }

    // Section 5.4.1: the log with the later last term is more up-to-date; with equal last terms, the longer one is.
    private bool IsUpToDate(Term lastLogTerm, LogIndex lastLogIndex) =>
        lastLogTerm > Log.LastTerm || (lastLogTerm == Log.LastTerm && lastLogIndex >= Log.LastIndex);

    private void HandleRequestVoteReply(RequestVoteReply reply)
    {
        if (Role != Role.Candidate || reply.RequestTerm != CurrentTerm || !reply.VoteGranted)
        {
            return;
        }

        CountVote(reply.From);
    }

    private void CountOwnVote()
    {
        if (Role == Role.Candidate && !_votes.Voters.Contains(Id) && _durability.LastCompleted.Value >= _termAndVoteWrite.Value)
        {
            CountVote(Id);
        }
    }

    private void CountVote(ServerId voter)
    {
        _votes.Add(voter);
        if (_votes.IsMajorityOf(_options.Servers.Count))
        {
            BecomeLeader();
        }
    }

    // Section 5.2: a leader first announces itself to the others. Section 8: an empty entry lets it learn which entries
    // are committed.
    private void BecomeLeader()
    {
        ChangeRole(Role.Leader);
        LeaderId = Id;
        BeginReads();
        _replication.Begin(Log.LastIndex.Next());
        _effects.Timers |= TimerEffects.StopElection | TimerEffects.ResetHeartbeat;
        if (_options.AppendEmptyEntryOnElection)
        {
            AppendOwn(EntryKind.Empty, default);
        }

        SendHeartbeats();
    }

    // A deposed leader has no running election timer and starts one. On other servers a change of term does not restart
    // the timer.
    private void BecomeFollower()
    {
        Role before = Role;
        _votes.Clear();
        ChangeRole(Role.Follower);
        if (before == Role.Leader)
        {
            _replication.End();
            RefuseReads();
            _effects.Timers |= TimerEffects.StopHeartbeat;
            ResetElectionTimer();
        }
    }
}
