using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>
/// The check of a server's answers to <see cref="RaftServer.GetStatus"/> and <see cref="RaftServer.GetFollowers"/>
/// against its events, whenever there are new ones. Between the engine's steps the two agree exactly. A leader must
/// also not forget acknowledgements of its followers.
/// </summary>
internal sealed class StatusWatch(int servers)
{
    /// <summary>The name of the property that is checked here.</summary>
    public const string Property = "StatusIsTrue";

    private const ulong Kinds = 1UL << (int)RaftEventKind.Faulted | 1UL << (int)RaftEventKind.TermAdvanced | 1UL << (int)RaftEventKind.RoleChanged
        | 1UL << (int)RaftEventKind.CommitAdvanced | 1UL << (int)RaftEventKind.LogTruncated | 1UL << (int)RaftEventKind.LogCompacted
        | 1UL << (int)RaftEventKind.SnapshotInstalled | 1UL << (int)RaftEventKind.Restored | 1UL << (int)RaftEventKind.MessageReceived;

    private readonly Term[] _terms = new Term[servers];
    private readonly LogIndex[] _matched = new LogIndex[servers * servers];

    /// <summary>
    /// Returns true when an event changes the server's status. Commits are frequent, so every fourth committed index is
    /// a sufficient sample.
    /// </summary>
    public static bool Concerns(in RaftEvent e) => (1UL << (int)e.Kind & Kinds) != 0
        && (e.Kind != RaftEventKind.CommitAdvanced || e.Index.Value % 4 == 0)
        && (e.Kind != RaftEventKind.MessageReceived || e.Subject is RequestVoteReply or InstallSnapshotReply or AppendEntriesReply { Success: false });

    /// <summary>Checks the servers whose status has changed by an event.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="restated">The servers to check, as bits by their numbers.</param>
    public void AfterStep(SimulatedCluster cluster, ulong restated)
    {
        for (int id = 1; restated >> id != 0; id++)
        {
            if ((restated >> id & 1) != 0 && cluster.Servers[id - 1].Server is { } server)
            {
                ServerView view = cluster.View.Servers[id - 1];
                RaftStatus status = server.GetStatus();
                string? problem = !view.IsRunning ? null
                    : (status.State == RaftServerState.Failed) != cluster.Servers[id - 1].HasFaulted
                        ? $"says that it is {status.State}, but {(cluster.Servers[id - 1].HasFaulted ? "a part" : "nothing")} of it has failed"
                    : status.State > RaftServerState.Stopping ? null
                    : Compare(status, view, cluster.View) ?? CheckFollowers(server, view);
                if (problem is not null)
                {
                    cluster.Simulation.Fail(Property, $"{view.Id} {problem}");
                }
            }
        }
    }

    private static string? Compare(RaftStatus status, ServerView view, ClusterView cluster)
    {
        if (status.Term != view.Term || status.Role != view.Role)
        {
            return $"says that it is {Describe(status.Role)} in term {status.Term}; by its events it is {Describe(view.Role)} in term {view.Term}";
        }

        ServerId leader = cluster.LeaderOf(view.Term);
        if (status.Leader != leader && (!status.Leader.IsNone || view.Role == Role.Leader))
        {
            return $"says in term {view.Term} that the leader is {Describe(status.Leader)}; elected in that term is {Describe(leader)}";
        }

        return status.CommitIndex != view.CommitIndex ? $"says that its commit index is {status.CommitIndex}; by its events it is {view.CommitIndex}"
            : status.AppliedIndex != view.AppliedIndex ? $"says that it has applied {status.AppliedIndex}; by its events it has applied {view.AppliedIndex}"
            : status.LastIndex != view.Log.LastIndex ? $"says that its log ends at {status.LastIndex}; by its events it ends at {view.Log.LastIndex}"
            : status.SnapshotIndex != view.Log.SnapshotIndex ? $"says that its snapshot ends at {status.SnapshotIndex}; by its events it ends at {view.Log.SnapshotIndex}"
            : null;
    }

    private string? CheckFollowers(RaftServer server, ServerView view)
    {
        IReadOnlyList<FollowerStatus> followers = view.Role == Role.Leader ? server.GetFollowers() : [];
        int row = (view.Id.Value - 1) * servers;
        if (view.Role != Role.Leader || _terms[view.Id.Value - 1] != view.Term)
        {
            _terms[view.Id.Value - 1] = view.Role == Role.Leader ? view.Term : Term.Zero;
            Array.Clear(_matched, row, servers);
        }

        if (view.Role == Role.Leader && followers.Count != servers - 1)
        {
            return $"leads term {view.Term} and tells of {followers.Count} followers; there are {servers - 1}";
        }

        foreach (FollowerStatus follower in followers)
        {
            ref LogIndex matched = ref _matched[row + follower.Id.Value - 1];
            if (follower.MatchIndex < matched)
            {
                return $"says, as leader of term {view.Term}, that {follower.Id} has acknowledged {follower.MatchIndex}; in that term it said {matched} before";
            }

            if (follower.MatchIndex > view.Log.LastIndex || follower.NextIndex <= follower.MatchIndex)
            {
                return $"says, with a log that ends at {view.Log.LastIndex}, that {follower.Id} has acknowledged {follower.MatchIndex} and is sent {follower.NextIndex} next";
            }

            matched = follower.MatchIndex;
        }

        return null;
    }

    private static string Describe(Role role) => role.ToString().ToLowerInvariant();

    private static string Describe(ServerId server) => server.IsNone ? "nobody" : server.ToString();
}
