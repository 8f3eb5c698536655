namespace Raft.Verified.Protocol;

// Replication as the follower does it: the paper's section 5.3, Figure 2 "AppendEntries RPC, receiver implementation".
public sealed partial class RaftCore
{
    private void HandleAppendEntries(AppendEntries request)
    {
        if (request.Term < CurrentTerm)
        {
            Refuse(request, Term.Zero, LogIndex.Zero);
            return;
        }

        if (!FollowLeader(request.From))
        {
            return;
        }

        LogIndex prev = request.PrevLogIndex;
        if (prev > Log.LastIndex)
        {
            Refuse(request, Term.Zero, Log.LastIndex.Next());
        }
        else if (prev >= Log.SnapshotIndex && Log.TermAt(prev) != request.PrevLogTerm)
        {
            Refuse(request, Log.TermAt(prev), Log.FirstIndexOfTermAt(prev));
        }
        else
        {
            // A previous entry inside the snapshot is committed, and so the same on both sides (Leader Completeness).
            Accept(request);
            AdvanceCommitTo(LogIndex.Min(request.LeaderCommit, request.LastIndex));
            SendWhenDurable(new AppendEntriesReply(
                Id, request.From, CurrentTerm, request.Term, true, prev, request.LastIndex, Term.Zero, LogIndex.Zero, LogIndex.Zero)
            {
                Round = request.Round,
            });
        }
    }

    // A request of the current term can only come from its leader: become or stay its follower, and wait for it anew.
    private bool FollowLeader(ServerId leader)
    {
        if (Role == Role.Leader)
        {
            // Two leaders of one term: nothing that a leader could do about it would be right.
            return false;
        }

        BecomeFollower();
        LeaderId = leader;
        ResetElectionTimer();
        return true;
    }

    // Entries already held are passed over; the first one that conflicts takes everything behind it along (section 5.3). A request that
    // is late or repeated changes nothing.
    private void Accept(AppendEntries request)
    {
        foreach (LogEntry entry in request.Entries.Span)
        {
            if (entry.Index <= Log.SnapshotIndex || Log.Contains(entry.Index, entry.Term))
            {
                continue;
            }

            if (entry.Index <= Log.LastIndex)
            {
                TruncateLog(entry.Index);
            }

            AppendToLog(entry);
        }
    }

    private void Refuse(AppendEntries request, Term conflictTerm, LogIndex conflictIndex) =>
        SendWhenDurable(new AppendEntriesReply(
            Id, request.From, CurrentTerm, request.Term, false, request.PrevLogIndex, LogIndex.Zero, conflictTerm, conflictIndex, Log.LastIndex)
        {
            Round = request.Round,
        });
}
