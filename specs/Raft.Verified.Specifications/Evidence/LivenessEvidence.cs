using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications.Evidence;

/// <summary>
/// Evidence for violations of liveness properties: the last progress. No single event violates such a property.
/// </summary>
internal static class LivenessEvidence
{
    /// <summary>Adds the last leader, the end of its leadership, and the last candidate.</summary>
    public static void LeaderElected(Recording recording)
    {
        int leader = Latest(recording, (in RaftEvent e) => e is { Kind: RaftEventKind.RoleChanged, Role: Role.Leader });
        if (leader >= 0)
        {
            ServerId server = recording[leader].Server;
            recording.Add(leader, $"the last leader: {server}, of term {recording[leader].Term}");
            int end = Latest(recording, (in RaftEvent e) => e.Server == server
                && e.Kind is RaftEventKind.Crashed or RaftEventKind.Stopped or RaftEventKind.Faulted or RaftEventKind.RoleChanged);
            recording.Add(end > leader ? end : -1, $"{server} no longer leads");
        }

        int candidate = Latest(recording, (in RaftEvent e) => e is { Kind: RaftEventKind.RoleChanged, Role: Role.Candidate });
        recording.Add(candidate, $"the last candidate: {(candidate < 0 ? "" : recording[candidate].Server)}, not elected");
        AddLast(recording, "still no leader");
    }

    /// <summary>Adds the oldest waiting operation and the last progress.</summary>
    public static void EveryOperationAnswered(Recording recording)
    {
        IReadOnlyList<ClientOperation> waiting = recording.ViewBefore(recording.Violating + 1).OutstandingOperations;
        if (waiting.Count > 0)
        {
            recording.Add(Latest(recording, (in RaftEvent e) => e.Kind == RaftEventKind.ClientCalled && ReferenceEquals(e.Subject, waiting[0])), $"{waiting[0]} is called");
        }

        int commit = Latest(recording, (in RaftEvent e) => e.Kind == RaftEventKind.CommitAdvanced);
        recording.Add(commit, $"the last commit: {(commit < 0 ? "" : recording[commit].Index)}");
        recording.Add(Latest(recording, (in RaftEvent e) => e.Kind == RaftEventKind.ProposalRefused), "the last refusal");
        AddLast(recording, "still no answer");
    }

    /// <summary>
    /// Adds the commit of the highest committed entry, and the last progress of the server that lags behind.
    /// </summary>
    public static void EveryServerCaughtUp(Recording recording)
    {
        ClusterView view = recording.ViewBefore(recording.Violating + 1);
        foreach (ServerView server in view.Servers)
        {
            if (server.IsRunning && server.AppliedIndex >= view.MaxCommitted)
            {
                continue;
            }

            recording.Add(recording.FirstCommitOf(view.MaxCommitted), $"entry {view.MaxCommitted} is committed");
            int stuck = Latest(recording, (in RaftEvent e) => e.Server == server.Id && (server.IsRunning
                ? e.Kind is RaftEventKind.Applied or RaftEventKind.Restored or RaftEventKind.Started
                : e.Kind is RaftEventKind.Crashed or RaftEventKind.Stopped));
            recording.Add(stuck, server.IsRunning ? $"{server.Id} makes its last progress, to {server.AppliedIndex}" : $"{server.Id} ends and does not restart");
            AddLast(recording, $"{server.Id} is still behind");
            return;
        }
    }

    // The search includes the last event, which need not be related to the violation.
    private static int Latest(Recording recording, EventMatch matches) => recording.Latest(matches, recording.Violating + 1);

    private static void AddLast(Recording recording, string says) => recording.Add(recording.Violating, $"the end of the run: {says}");
}
