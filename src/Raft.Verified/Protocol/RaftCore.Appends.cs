namespace Raft.Verified.Protocol;

// The follower's side of replication (paper, section 5.3 and Figure 2, "AppendEntries RPC, receiver implementation").
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

    // A request of the current term can only come from its leader: become or stay its follower, and restart the
    // election timer.
    private bool FollowLeader(ServerId leader)
    {
        if (Role == Role.Leader)
        {
            // There are two leaders of one term, to which a leader has no correct reaction.
            return false;
        }

        BecomeFollower();
        LeaderId = leader;
        ResetElectionTimer();
        return true;
    }

    // Entries already in the log are skipped. The first conflicting entry is deleted together with all later ones
    // (section 5.3). A late or repeated request changes nothing.
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
