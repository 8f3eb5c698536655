using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

// Scenarios of crashes and restarts.
public static partial class ScenarioLibrary
{
    private static Scenario CrashStorm() => new()
    {
        Name = "crash-storm",
        LooksFor = "crashes between any two steps, also between a write and its flush, with restarts from disk",
        Faults = "crashes, loss, slow disks",
        Cluster = Servers(3) with { Faults = FaultMix.Unreliable },
        Goals = [Goals.LeaderCrashed, Goals.UnflushedLost, Goals.LogConflict],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 2, commands: 5);
            await new Nemesis(cluster, NemesisActions.CrashAndRestart) { MaxPause = 200 }.RunAsync(budget: 24);
        },
    };

    // Voters crash right after voting. A vote that is not on disk would be given twice.
    private static Scenario VoteStorm() => new()
    {
        Name = "vote-storm",
        LooksFor = "several candidates per term, and voters that crash after voting and are asked again",
        Faults = "crashes, duplication, delay",
        Cluster = Servers(3) with
        {
            ElectionTimeoutMax = TimeSpan.FromMilliseconds(152),
            Faults = FaultMix.Unreliable with { Loss = 0.02, Duplication = 0.2 },
        },
        Goals = [Goals.SplitVote, Goals.TwoLeaders],
        Body = async cluster =>
        {
            for (int round = 0; round < 8; round++)
            {
                await cluster.UntilAsync(() => cluster.View.Servers.Any(server => server.IsRunning && server.Role == Role.Candidate), TimeSpan.FromMilliseconds(400));
                SimulatedServer voter = cluster.Servers[cluster.Simulation.Choose(3, "which voter crashes")];
                await CrashWithin(cluster, voter, 1 + cluster.Simulation.Choose(12, "steps until the voter crashes"));
                voter.Start();
            }
        },
    };

    private static Scenario ClusterRestarts() => new()
    {
        Name = "cluster-restarts",
        LooksFor = "repeated crashes of all servers together, with restarts from disk",
        Faults = "crashes",
        Cluster = Servers(3) with { SnapshotThreshold = 6 },
        Goals = [Goals.LeaderCrashed, Goals.UnflushedLost],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 6);
            for (int round = 0; round < 4; round++)
            {
                await cluster.LeaderAsync();
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(200, "ms until the lights go out")));
                foreach (SimulatedServer server in cluster.Servers)
                {
                    server.Crash();
                }

                cluster.StartAll();
            }
        },
    };

    // A graceful shutdown: every client that waits at a stopping server gets an answer, and no answered command is
    // lost.
    private static Scenario Shutdown() => new()
    {
        Name = "orderly-shutdown",
        LooksFor = "a client without an answer when servers shut down gracefully and restart",
        Faults = "shutdowns",
        Cluster = Servers(3),
        Goals = [Goals.ProposalRefused("a proposal is refused because the server stops", ProposalRefusalReason.Stopped)],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 4, commands: 5);
            for (int round = 0; round < 3; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(80, "ms until the leader stops")));
                await leader.StopAsync();
                leader.Start();
            }
        },
    };
}
