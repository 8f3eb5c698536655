using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.KeyValue;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

// Scenarios of servers that are absent for a while or for good.
public static partial class ScenarioLibrary
{
    // A majority is enough for progress (paper, section 5.3: "a minority of slow servers need not impact overall system
    // performance").
    private static Scenario MinorityDown() => new()
    {
        Name = "minority-down",
        LooksFor = "two of three servers that lead, commit and answer after the third one has crashed for good",
        Faults = "crashes",
        Cluster = Servers(3) with { MaxEntriesPerAppend = 1 },
        Goals = [Goals.LeaderCrashed],
        Body = async cluster =>
        {
            Task clients = StartClients(cluster, clients: 4, commands: 3);
            await cluster.LeaderAsync();
            SimulatedServer down = cluster.Servers[cluster.Simulation.Choose(3, "who is down")];
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(30, "ms until it is")));
            down.Crash();
            cluster.StopFaults(stayDown: down);
            if (!await cluster.UntilAsync(() => clients.IsCompleted, cluster.Simulation.LivenessBound))
            {
                cluster.Simulation.Fail(
                    nameof(EveryOperationAnswered), $"clients wait although only {down.Id} is down, {cluster.Simulation.LivenessBound.TotalSeconds} s after the last fault");
            }
        },
    };

    // A returning server receives a newer term together with its entries, and saves both in one write.
    private static Scenario CrashInWrite() => new()
    {
        Name = "crash-in-write",
        LooksFor = "a returning server that receives a newer term together with entries, and crashes while writing them",
        Faults = "crashes, slow disks",
        Cluster = Servers(3) with { Faults = FaultMix.Reliable with { SlowFlush = 0.3 } },
        Goals = [Goals.LeaderCrashed, Goals.UnflushedLost],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 2, commands: 4);
            for (int round = 0; round < 4; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                SimulatedServer away = cluster[Others(cluster, leader.Id)[cluster.Simulation.Choose(2, "which follower is away")]];
                away.Crash();
                leader.Crash();
                leader.Start();
                await cluster.LeaderAsync();
                Term before = away.Disk.CurrentTerm;
                away.Start();
                await cluster.UntilAsync(() => cluster.View[away.Id].Term > before, TimeSpan.FromMilliseconds(400));
                await CrashWithin(cluster, away, 1 + cluster.Simulation.Choose(4, "steps into the write"));
                away.Start();
            }
        },
    };

    // A round of reads is an empty request with a commit index, which compares only one entry. The follower's later
    // entries may be those of any leader.
    private static Scenario ReadsAfterHeal() => KeyValue(3) with
    {
        Name = "reads-after-heal",
        LooksFor = "a deposed leader that returns with conflicting entries, and first receives an empty request with a commit index",
        Faults = "partitions",
        Cluster = KeyValue(3).Cluster with { Faults = FaultMix.Reliable, SnapshotBytes = 0 },
        Goals = [Goals.TwoLeaders, Goals.LogConflict, Goals.UncomparedEntries],
        Body = async cluster =>
        {
            KeyValueRun run = new(cluster);
            for (int i = 0; i < 3; i++)
            {
                string name = $"{i}";
                run.StartClient(operations: 8, (client, n) => client.PutAsync(name, $"{n}"));
            }

            for (int i = 0; i < 3; i++)
            {
                run.StartClient(operations: 12, (client, _) => client.GetAsync("0"));
            }

            for (int round = 0; round < 3; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                LogIndex before = cluster.View[leader.Id].Log.LastIndex;
                cluster.Isolate(leader);
                await cluster.UntilAsync(() => cluster.View[leader.Id].Log.LastIndex > before + 1, TimeSpan.FromMilliseconds(300));
                await cluster.LeaderAfterAsync(leader);
                await cluster.UntilAsync(() => cluster.View.MaxCommitted > before + 1, TimeSpan.FromMilliseconds(300));
                cluster.Heal();
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(100));
            }

            await run.EndAsync();
        },
    };

    // Followers acknowledge a round of the old leader's reads and then elect another leader. The acknowledgements
    // arrive after the new leader has committed more.
    private static Scenario LateAcknowledgements() => KeyValue(3) with
    {
        Name = "late-acknowledgements",
        LooksFor = "a deposed leader that serves a read because of acknowledgements sent before the read",
        Faults = "partitions, delay",
        Cluster = KeyValue(3).Cluster with { Faults = FaultMix.Reliable with { LongDelay = 0.4 }, SnapshotBytes = 0 },
        Goals = [Goals.TwoLeaders, Goals.LateAcknowledgement],
        Body = async cluster =>
        {
            KeyValueRun run = new(cluster);
            run.StartClient(operations: 12, (client, n) => client.PutAsync("k", $"{n}"));
            for (int i = 0; i < 4; i++)
            {
                run.StartClient(operations: 12, (client, _) => client.GetAsync("k"));
            }

            TimeSpan patience = TimeSpan.FromMilliseconds(600);
            for (int round = 0; round < 3; round++)
            {
                // Clients read continuously, so reads are waiting for their rounds whenever the leader is cut off.
                SimulatedServer leader = await cluster.LeaderAsync();
                LogIndex before = cluster.View.MaxCommitted;
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(100, "ms until the leader is cut off")));
                cluster.Isolate(leader);
                await cluster.LeaderAfterAsync(leader);
                await cluster.UntilAsync(() => cluster.View.MaxCommitted > before + 1, patience);
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(400, "ms until the network heals")));
                cluster.Heal();
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(100));
            }

            await run.EndAsync();
        },
    };
}
