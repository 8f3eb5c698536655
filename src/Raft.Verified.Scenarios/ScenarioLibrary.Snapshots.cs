using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

// Scenarios of compaction and InstallSnapshot (paper, section 7).
public static partial class ScenarioLibrary
{
    private static Scenario CompactionAlways() => new()
    {
        Name = "compaction-always",
        LooksFor = "servers that compact their logs after every second entry on an unreliable network",
        Faults = "loss, duplication, delay",
        Cluster = Servers(3) with { SnapshotThreshold = 2, Faults = FaultMix.Unreliable },
        Goals = [Goals.SnapshotInstalled, Goals.SnapshotInChunks, Goals.StaleSnapshotIgnored, Goals.LateAppend],
        Body = cluster => StartClients(cluster, clients: 3, commands: 6),
    };

    private static Scenario CompactionInside() => new()
    {
        Name = "compaction-inside",
        LooksFor = "state machines that compact the log while applying a command, and wait for the disk, while leaders stop and crash",
        Faults = "crashes, shutdowns, slow disks",
        Cluster = Servers(3) with { StateMachine = process => new CompactingMachine(every: 2, process.Actor), Faults = FaultMix.Reliable with { SlowFlush = 0.1 } },
        Goals = [Goals.LeaderCrashed, Goals.LeaderStopped],
        Body = async cluster =>
        {
            foreach (SimulatedServer server in cluster.Servers)
            {
                server.Starting = CompactingMachine.Attach;
                CompactingMachine.Attach(server);
            }

            _ = StartClients(cluster, clients: 3, commands: 5);
            for (int round = 0; round < 3; round++)
            {
                if (!await cluster.UntilAsync(() => cluster.Leader is not null, TimeSpan.FromMilliseconds(800)) || cluster.Leader is not { } leader)
                {
                    continue;
                }

                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(60, "ms until the leader goes")));
                if (cluster.Simulation.Choose(3, "the leader crashes or stops") == 0)
                {
                    leader.Crash();
                }
                else
                {
                    await StopsInTimeAsync(cluster, leader);
                }

                leader.Start();
            }
        },
    };

    // The callers assume that all committed entries have been applied, which is sometimes wrong.
    private static Scenario CompactionAhead() => new()
    {
        Name = "compaction-ahead",
        LooksFor = "a compaction up to the commit index with a state that does not contain all of these entries yet",
        Faults = "delay",
        Cluster = Servers(3) with { Faults = FaultMix.Reliable with { MaxLatency = 3 } },
        Goals = [Goals.LeaderElected, Goals.CompactionRefused],
        Body = async cluster =>
        {
            Task clients = StartClients(cluster, clients: 3, commands: 5);
            for (int i = 0; i < 8 && !clients.IsCompleted; i++)
            {
                await cluster.UntilAsync(() => cluster.Servers.Any(IsAhead), TimeSpan.FromMilliseconds(500));
                foreach (SimulatedServer server in cluster.Servers)
                {
                    // Index, state and call must belong to the same moment. An engine with smaller steps, which judges
                    // liveness itself, may run the state machine in between.
                    if (server.Server is not { } running || cluster.Simulation.LivenessBound == Timeout.InfiniteTimeSpan)
                    {
                        continue;
                    }

                    Task compaction = running.CompactAsync(cluster.View[server.Id].CommitIndex, await server.StateMachine!.TakeSnapshotAsync());
                    await Tasks.AnyAsync(compaction);
                    if (compaction.Exception?.InnerException is ArgumentOutOfRangeException)
                    {
                        cluster.Say(server.Id, Goals.CompactionRefusedRemark);
                    }
                }
            }

            bool IsAhead(SimulatedServer server) => cluster.View[server.Id] is { IsRunning: true } view && view.CommitIndex > view.AppliedIndex;
        },
    };

    private static Scenario SnapshotInstall() => new()
    {
        Name = "snapshot-install",
        LooksFor = "a lagging follower that crashes while it installs a snapshot, and during the restart after it",
        Faults = "crashes, partitions, duplication, delay",
        Cluster = Servers(3) with { SnapshotThreshold = 3, MaxSnapshotChunkBytes = 24, Faults = FaultMix.Reliable with { Duplication = 0.1, LongDelay = 0.05 } },
        Goals =
        [
            Goals.SnapshotInstalled, Goals.SnapshotInChunks, Goals.CrashDuringInstall, Goals.InstallCompletedAfterCrash,
            Goals.SnapshotAfterConflict, Goals.StaleSnapshotIgnored,
        ],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 10);
            for (int round = 0; round < 3; round++)
            {
                // The server that is cut off lags behind. A leader that is cut off also has entries that conflict with
                // the snapshot that it will receive.
                SimulatedServer leader = await cluster.LeaderAsync();
                SimulatedServer lagging = cluster.Simulation.Choose(2, "cut off the leader") == 1
                    ? leader
                    : cluster[Others(cluster, leader.Id)[cluster.Simulation.Choose(2, "which follower is cut off")]];
                LogIndex behind = cluster.View[lagging.Id].Log.LastIndex;
                cluster.Isolate(lagging);
                await cluster.UntilAsync(() => cluster.Servers.Any(s => cluster.View[s.Id].Log.SnapshotIndex > behind), TimeSpan.FromMilliseconds(1500));
                cluster.Heal();
                LogIndex before = cluster.View[lagging.Id].Log.SnapshotIndex;
                if (await cluster.UntilAsync(() => cluster.View[lagging.Id].Log.SnapshotIndex > before, TimeSpan.FromMilliseconds(1500)))
                {
                    await CrashWithin(cluster, lagging, 1 + cluster.Simulation.Choose(6, "steps into the install"));
                    lagging.Start();
                    await CrashWithin(cluster, lagging, 1 + cluster.Simulation.Choose(8, "steps into the restart"));
                    lagging.Start();
                }
            }
        },
    };

    private static Scenario SnapshotRepeated() => new()
    {
        Name = "snapshot-repeated",
        LooksFor = "a duplicate of an installed snapshot that arrives after the follower has continued from it",
        Faults = "partition, duplication, delay",
        Cluster = Servers(3) with { SnapshotThreshold = 2, Faults = FaultMix.Reliable with { Duplication = 0.5, LongDelay = 0.3 } },
        Goals = [Goals.SnapshotInstalled, Goals.StaleSnapshotIgnored],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 2, commands: 12);
            for (int round = 0; round < 2; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                SimulatedServer lagging = cluster[Others(cluster, leader.Id)[cluster.Simulation.Choose(2, "which follower is cut off")]];
                LogIndex behind = cluster.View[lagging.Id].Log.LastIndex;
                cluster.Isolate(lagging);
                await cluster.UntilAsync(() => cluster.View[leader.Id].Log.SnapshotIndex > behind, TimeSpan.FromMilliseconds(1500));
                cluster.Heal();
                await cluster.UntilAsync(() => cluster.View[lagging.Id].CommitIndex > behind, TimeSpan.FromMilliseconds(1500));
            }
        },
    };

    // Crashes a server after some steps, unless it makes fewer steps within 50 ms.
    private static async Task CrashWithin(SimulatedCluster cluster, SimulatedServer server, int steps)
    {
        server.CrashAfterSteps(steps);
        await Tasks.AnyAsync(server.Crashed, cluster.DelayAsync(TimeSpan.FromMilliseconds(50)));
        server.CancelCrash();
    }
}
