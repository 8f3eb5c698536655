using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

// Scenarios of late timer callbacks and clocks of different rates.
public static partial class ScenarioLibrary
{
    // The time-outs are so short that heartbeats often arrive just as they expire.
    private static Scenario LateTimers() => new()
    {
        Name = "late-timers",
        LooksFor = "a wrong or missing election, because a timer's callback runs after the timer was restarted or stopped",
        Faults = "late callbacks, delay, shutdown, crash",
        Cluster = Servers(3) with
        {
            HeartbeatInterval = TimeSpan.FromMilliseconds(40),
            ElectionTimeoutMin = TimeSpan.FromMilliseconds(60),
            ElectionTimeoutMax = TimeSpan.FromMilliseconds(100),
            Faults = FaultMix.Reliable with { LateTimer = 0.3, LongDelay = 0.05, MaxLongDelay = 120 },
        },
        Goals = [Goals.LeaderElected, Goals.SplitVote, Goals.LeaderDeposed, Goals.LeaderStopped, Goals.LateCallback],
        Body = async cluster =>
        {
            Task clients = StartClients(cluster, clients: 2, commands: 5);
            await cluster.UntilAsync(() => clients.IsCompleted, TimeSpan.FromSeconds(1));
            if (cluster.Leader is { } leader)
            {
                // The remaining server stands for election repeatedly, because its timer keeps expiring although no
                // message arrives.
                SimulatedServer other = cluster[Others(cluster, leader.Id)[cluster.Simulation.Choose(2, "who crashes with the leader")]];
                other.Crash();
                await leader.StopAsync();
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(500));
                leader.Start();
                other.Start();
            }

            await cluster.UntilAsync(() => clients.IsCompleted, TimeSpan.FromSeconds(1));
        },
    };

    private static Scenario ClockRates() => new()
    {
        Name = "clock-rates",
        LooksFor = "early elections and short-lived leaders, when clocks run up to 25 % faster or slower",
        Faults = "clocks of different rates, crashes",
        Cluster = Servers(3) with { MaxClockRate = 1.25, Faults = FaultMix.Reliable with { MaxLatency = 1 } },
        Goals = [Goals.LeaderElected, Goals.LeaderCrashed],
        Body = async cluster =>
        {
            SimulatedClient client = cluster.CreateClient();
            for (int round = 0; round < 2; round++)
            {
                SimulatedServer leader;
                Term term;
                do
                {
                    leader = await LeaderInTimeAsync(cluster, "although the clocks' rates are within their bound");
                    term = cluster.View[leader.Id].Term;
                    await Execute(client);
                    await cluster.DelayAsync(2 * cluster.Settings.HeartbeatInterval);
                }
                while (cluster.Leader != leader || NewestTerm(cluster) != term);

                await cluster.DelayAsync(5 * cluster.Settings.ElectionTimeoutMax);
                if (cluster.Simulation.IsTimed && NewestTerm(cluster) != term)
                {
                    cluster.Simulation.Fail(
                        "StableLeader", $"the term went from {term} to {NewestTerm(cluster)}: the clocks' rates are within their bound, and nothing kept the leader {leader.Id} from sending heartbeats");
                }

                leader.Crash();
                leader.Start();
            }
        },
    };
}
