using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

// Scenarios of clusters that must act in time. They are timed, because in untimed schedules any timer may be late.
public static partial class ScenarioLibrary
{
    // About forty election time-outs, which exceeds any plausible series of split votes.
    private static readonly TimeSpan InGoodTime = TimeSpan.FromSeconds(10);

    private static Scenario SteadyLeader() => new()
    {
        Name = "steady-leader",
        LooksFor = "a leader that is late, changes without a failure, sends too much, answers only at heartbeats, or does not stop",
        Faults = "pause of a follower, crash or shutdown of the leader",
        Clocks = Clocks.Timed,
        Cluster = Servers(3) with { Faults = FaultMix.Reliable with { MaxLatency = 1 } },
        Goals = [Goals.LeaderElected, Goals.LeaderCrashed, Goals.LeaderStopped],
        Body = async cluster =>
        {
            SimulatedClient client = cluster.CreateClient();
            SimulatedServer leader;
            Term term;
            do
            {
                // Other servers may have begun elections before they heard the first leader.
                leader = await LeaderInTimeAsync(cluster, "at the start");
                term = cluster.View[leader.Id].Term;
                await Execute(client);
                await cluster.DelayAsync(2 * cluster.Settings.HeartbeatInterval);
            }
            while (cluster.Leader != leader || NewestTerm(cluster) != term);

            await IsQuietAsync(cluster, TimeSpan.FromMilliseconds(500));

            // A follower sleeps through an election time-out. When it wakes up, it finds the leader's heartbeats before
            // anything else.
            SimulatedServer sleeper = cluster[Others(cluster, leader.Id)[cluster.Simulation.Choose(2, "which follower sleeps")]];
            sleeper.Pause();
            await AnswersComeAtOnceAsync(cluster, client, commands: 10);
            await cluster.DelayAsync(cluster.Settings.ElectionTimeoutMax);
            sleeper.Resume();
            await cluster.DelayAsync(cluster.Settings.ElectionTimeoutMax);
            if (cluster.Simulation.IsTimed && NewestTerm(cluster) != term)
            {
                cluster.Simulation.Fail("StableLeader", $"the term went from {term} to {NewestTerm(cluster)}, although nothing kept the leader {leader.Id} from sending heartbeats");
            }

            // Waiting clients are answered by the server that stops, or after its crash by the next leader.
            Task commands = StartClients(cluster, clients: 3, commands: 2);
            if (cluster.Simulation.Choose(2, "the leader crashes or stops") == 0)
            {
                leader.Crash();
            }
            else
            {
                await StopsInTimeAsync(cluster, leader);
            }

            await LeaderInTimeAsync(cluster, "with one server down");
            await commands;
        },
    };

    private static async Task<SimulatedServer> LeaderInTimeAsync(SimulatedCluster cluster, string when)
    {
        if (!cluster.Simulation.IsTimed)
        {
            return await cluster.LeaderAsync();
        }

        if (!await cluster.UntilAsync(() => cluster.Leader is not null, InGoodTime))
        {
            cluster.Simulation.Fail("TimelyElection", $"there is no leader {when}, after {InGoodTime.TotalSeconds} s on a network that loses nothing");
        }

        return cluster.Leader ?? cluster.Servers[0];
    }

    private static async Task IsQuietAsync(SimulatedCluster cluster, TimeSpan time)
    {
        long before = cluster.Network.TotalRequests;
        await cluster.DelayAsync(time);
        long sent = cluster.Network.TotalRequests - before;
        long expected = (cluster.ServerIds.Count - 1) * (long)(time / cluster.Settings.HeartbeatInterval);

        // The tolerance is half the number of heartbeats. Elections are found by the check of the term, not here.
        if (cluster.Simulation.IsTimed && sent > expected * 3 / 2)
        {
            cluster.Simulation.Fail("QuietWhenIdle", $"{sent} requests were sent in {time.TotalSeconds} s without a command; expected about {expected}");
        }
    }

    // Each command takes a round trip and two flushes, which is far less than the heartbeat interval.
    private static async Task AnswersComeAtOnceAsync(SimulatedCluster cluster, SimulatedClient client, int commands)
    {
        TimeSpan before = cluster.Simulation.Now;
        for (int i = 0; i < commands; i++)
        {
            await Execute(client);
        }

        TimeSpan taken = cluster.Simulation.Now - before;
        if (cluster.Simulation.IsTimed && taken >= commands * cluster.Settings.HeartbeatInterval * 0.8)
        {
            cluster.Simulation.Fail(
                "PromptAnswers", $"{commands} commands, one after the other, took {taken.TotalMilliseconds} ms; the heartbeat interval is {cluster.Settings.HeartbeatInterval.TotalMilliseconds} ms");
        }
    }

    private static async Task StopsInTimeAsync(SimulatedCluster cluster, SimulatedServer server)
    {
        Task stopped = server.StopAsync();
        await Tasks.AnyAsync(stopped, cluster.DelayAsync(InGoodTime));
        if (stopped.IsCompleted)
        {
            return;
        }

        if (cluster.Simulation.IsTimed)
        {
            cluster.Simulation.Fail("StopsInTime", $"{server.Id} was asked to stop, but has not stopped after {InGoodTime.TotalSeconds} s");
        }

        // In an untimed schedule this is no violation. As an operator would, the scenario kills the server.
        server.Crash();
    }

    private static Term NewestTerm(SimulatedCluster cluster)
    {
        Term newest = Term.Zero;
        foreach (ServerView server in cluster.View.Servers)
        {
            newest = server.Term > newest ? server.Term : newest;
        }

        return newest;
    }
}
