using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

// Scenarios of elections (paper, section 5.2).
public static partial class ScenarioLibrary
{
    private static Scenario FirstElection(int servers) => new()
    {
        Name = $"first-election-{servers}",
        LooksFor = servers == 1
            ? "a single server that elects itself once its vote is on its disk"
            : $"{servers} new servers that elect their first leader on a network that loses, repeats and reorders messages",
        Faults = servers == 1 ? "slow disk" : "loss, duplication, delay, slow disks",
        Cluster = Servers(servers) with { Faults = FaultMix.Unreliable },
        Goals = servers switch
        {
            1 => [Goals.LeaderElected],

            // With two servers the old leader must vote for the new one, so there are never two leaders.
            2 => [Goals.LeaderElected, Goals.SplitVote],
            _ => [Goals.LeaderElected, Goals.SplitVote, Goals.TwoLeaders],
        },
        Body = async cluster =>
        {
            // Waits until the leader has been heard, while requests of losing candidates are still in flight.
            await cluster.LeaderAsync();
            await cluster.UntilAsync(() => cluster.View.MaxCommitted > LogIndex.Zero, TimeSpan.FromMilliseconds(300));
        },
    };

    private static Scenario LeaderCrashes() => new()
    {
        Name = "leader-crashes",
        LooksFor = "a leader that crashes at any step, and returns after another server has taken over",
        Faults = "crashes",
        Cluster = Servers(3),
        Goals = [Goals.LeaderCrashed, Goals.UnflushedLost, Goals.LogConflict],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 2, commands: 4);
            for (int round = 0; round < 3; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                leader.CrashAfterSteps(1 + cluster.Simulation.Choose(40, "steps until the leader crashes"));
                await leader.Crashed;
                await cluster.LeaderAfterAsync(leader);
                leader.Start();
            }
        },
    };

    private static Scenario LeaderIsolated() => new()
    {
        Name = "leader-isolated",
        LooksFor = "a partitioned leader that still believes to lead, and returns after the others have elected another",
        Faults = "partitions",
        Cluster = Servers(5),
        Goals = [Goals.TwoLeaders, Goals.LeaderDeposed, Goals.LogConflict],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 4);
            for (int round = 0; round < 3; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                cluster.Isolate(leader);
                await cluster.LeaderAfterAsync(leader);
                cluster.Heal();
                await cluster.UntilAsync(() => cluster.View[leader.Id].Role != Role.Leader);
            }
        },
    };

    private static Scenario ServerPaused() => new()
    {
        Name = "server-paused",
        LooksFor = "servers, including the leader, that pause and continue in a newer term",
        Faults = "pauses, delay",
        Cluster = Servers(3) with { Faults = FaultMix.Reliable with { LongDelay = 0.05 } },
        Goals = [Goals.TwoLeaders, Goals.LeaderDeposed],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 2, commands: 4);
            for (int round = 0; round < 3; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                leader.Pause();
                await cluster.LeaderAfterAsync(leader);
                leader.Resume();
            }
        },
    };
}
