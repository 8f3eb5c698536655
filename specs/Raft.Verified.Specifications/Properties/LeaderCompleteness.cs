using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The property that every later leader has all committed entries.</summary>
public sealed class LeaderCompleteness : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(LeaderCompleteness);

    /// <inheritdoc />
    public override string Source => "paper, section 5.4 and Figure 3; thesis, section 3.6";

    /// <inheritdoc />
    public override string Statement => "An entry committed in a term is in the log of the leader of every later term, or in its snapshot.";

    /// <inheritdoc />
    public override string TlaName => "LeaderCompleteness";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.RoleChanged, RaftEventKind.CommitAdvanced];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (e.Kind == RaftEventKind.RoleChanged)
        {
            return e.Role == Role.Leader ? CheckNewLeader(view[e.Server], e.Term, view) : null;
        }

        return e.Index > view.MaxCommitted ? CheckLeaders(in e, view) : null;
    }

    private static string? CheckNewLeader(ServerView leader, Term term, ClusterView view)
    {
        // Of the leader's snapshot, only the last entry is checked. SnapshotEqualsReplay judges the rest.
        for (LogIndex index = Facts.Higher(new LogIndex(1), leader.Log.SnapshotIndex); index <= view.MaxCommitted; index = index.Next())
        {
            if (view.Committed(index) is { } entry && view.CommittedInTerm(index) < term && !leader.Log.Holds(entry))
            {
                return Describe(leader, term, entry, view.CommittedInTerm(index));
            }
        }

        return null;
    }

    // A leader may learn late that its entries are committed, when a newer term already has a leader. That leader must
    // have these entries.
    private static string? CheckLeaders(in RaftEvent e, ClusterView view)
    {
        LogView committer = view[e.Server].Log;
        for (int id = 1; id <= view.Servers.Count; id++)
        {
            ServerView leader = view[new ServerId(id)];
            if (leader.Role != Role.Leader || leader.Term <= e.Term)
            {
                continue;
            }

            for (LogIndex index = view.MaxCommitted.Next(); index <= e.Index; index = index.Next())
            {
                if (committer[index] is { } entry && !leader.Log.Holds(entry))
                {
                    return Describe(leader, leader.Term, entry, e.Term);
                }
            }
        }

        return null;
    }

    private static string Describe(ServerView leader, Term term, LogEntry entry, Term committedIn) =>
        $"{leader.Id} leads term {term} without entry {entry}, committed in term {committedIn}: its log {leader.Log.Describe(entry.Index)}";
}
