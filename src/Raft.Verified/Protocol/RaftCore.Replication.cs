namespace Raft.Verified.Protocol;

// The leader's side of replication (paper, section 5.3 and Figure 2, "rules for leaders").
public sealed partial class RaftCore
{
    private void AppendOwn(EntryKind kind, ReadOnlyMemory<byte> command) =>
        AppendToLog(new LogEntry(CurrentTerm, Log.LastIndex.Next(), kind, command));

    // Sends every follower the entries that it can take now. It does not wait for this server's own disk: the leader's
    // write runs in parallel with its sends (thesis, section 10.2.1).
    private void Replicate()
    {
        foreach (FollowerProgress? follower in _replication.Followers)
        {
            if (follower is not null)
            {
                Replicate(follower);
            }
        }
    }

    private void Replicate(FollowerProgress follower)
    {
        switch (follower.Mode)
        {
            case ReplicationMode.Probe when !follower.ProbeSent:
                SendAppend(follower, Window(follower));
                break;
            case ReplicationMode.Replicate:
                while (follower.Mode == ReplicationMode.Replicate && follower.NextIndex <= Log.LastIndex && Window(follower) > 0)
                {
                    SendAppend(follower, Window(follower));
                }

                break;
            default:
                break;
        }
    }

    // The heartbeat resends a probe or a snapshot chunk that may have been lost. Otherwise it sends an empty request
    // after all entries sent so far; a follower that missed some of them refuses it.
    private void SendHeartbeats()
    {
        foreach (FollowerProgress? follower in _replication.Followers)
        {
            if (follower is null)
            {
                continue;
            }

            switch (follower.Mode)
            {
                case ReplicationMode.Snapshot:
                    SendSnapshotChunk(follower);
                    break;
                case ReplicationMode.Replicate:
                    SendAppend(follower, maxEntries: 0);
                    break;
                default:
                    SendAppend(follower, Window(follower));
                    break;
            }
        }
    }

    // The number of entries that may be sent now, limited per request and by the entries in flight. While probing, no
    // entries count as in flight.
    private int Window(FollowerProgress follower)
    {
        long inFlight = follower.Mode == ReplicationMode.Replicate ? follower.NextIndex - follower.MatchIndex - 1 : 0;
        return (int)Math.Min(_options.MaxEntriesPerAppend, _options.MaxEntriesInFlight - inFlight);
    }

    private void SendAppend(FollowerProgress follower, int maxEntries)
    {
        LogIndex prev = follower.NextIndex.Previous();
        if (prev < Log.SnapshotIndex)
        {
            // Section 7: the entries that this follower needs next are compacted.
            follower.BeginSnapshot(Snapshot!);
            SendSnapshotChunk(follower);
            return;
        }

        ReadOnlyMemory<LogEntry> entries = Log.Slice(follower.NextIndex, maxEntries);
        Send(new AppendEntries(Id, follower.Server, CurrentTerm, prev, Log.TermAt(prev), entries, CommitIndex) { Round = _readRound });
        if (follower.Mode == ReplicationMode.Probe)
        {
            follower.SentProbe(prev + entries.Length);
        }
        else
        {
            follower.NextIndex = prev + entries.Length + 1;
        }
    }

    private void HandleAppendEntriesReply(AppendEntriesReply reply)
    {
        if (Role != Role.Leader || reply.RequestTerm != CurrentTerm || ProgressOf(reply.From) is not { } follower)
        {
            return;
        }

        if (reply.MatchIndex > Log.LastIndex || reply.PrevLogIndex > Log.LastIndex || reply.Round > _readRound)
        {
            // The reply is about entries that this leader never created, so it answers no request of this leader.
            Refuse(reply, $"it tells of entries up to {LogIndex.Max(reply.MatchIndex, reply.PrevLogIndex)} and round {reply.Round}; the leader has made {Log.LastIndex} and {_readRound}");
            return;
        }

        Confirm(follower, reply.Round);

        if (reply.Success)
        {
            HandleSuccess(follower, reply.MatchIndex);
        }
        else
        {
            HandleRefusal(follower, reply);
        }
    }

    // Only the entries that the request verified count, not the leader's present log. Replies may arrive in any order.
    private void HandleSuccess(FollowerProgress follower, LogIndex matchIndex)
    {
        follower.MatchIndex = LogIndex.Max(follower.MatchIndex, matchIndex);
        follower.NextIndex = LogIndex.Max(follower.NextIndex, follower.MatchIndex.Next());
        bool snapshotNeedless = follower.Snapshot is { } snapshot && follower.MatchIndex >= snapshot.LastIncludedIndex;
        if (follower.IsAnswerToProbe(matchIndex) || snapshotNeedless)
        {
            follower.BeginReplicate();
        }

        AdvanceCommit();
        Replicate(follower);
    }

    // Section 5.3, the conflict hint: one round trip skips a whole term of the follower's log, in each of the three cases.
    private void HandleRefusal(FollowerProgress follower, AppendEntriesReply reply)
    {
        bool stale = reply.PrevLogIndex <= follower.MatchIndex
            || follower.Mode == ReplicationMode.Snapshot
            || (follower.Mode == ReplicationMode.Probe && reply.PrevLogIndex != follower.NextIndex.Previous());
        if (stale)
        {
            return;
        }

        LogIndex next;
        if (reply.ConflictTerm == Term.Zero)
        {
            next = reply.LastLogIndex.Next();
        }
        else if (Log.LastIndexOfTerm(reply.ConflictTerm, reply.PrevLogIndex) is { } last)
        {
            next = last.Next();
        }
        else
        {
            next = reply.ConflictIndex;
        }

        next = LogIndex.Min(next, reply.PrevLogIndex);
        follower.BeginProbe(LogIndex.Max(next, follower.MatchIndex.Next()));
        Replicate(follower);
    }
}
