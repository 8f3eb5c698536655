using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

// Scenarios of disks that a restart finds in an unusual state.
public static partial class ScenarioLibrary
{
    // A restarted server acknowledges entries that it found on its disk, without writing them. These entries must be
    // flushed first.
    private static Scenario PowerCuts() => new()
    {
        Name = "power-cuts",
        LooksFor = "a restarted process that treats unflushed writes as durable, and loses them in a power failure",
        Faults = "crashes of processes, power cuts, slow disks",
        Cluster = Servers(3) with { Faults = FaultMix.Reliable with { SlowFlush = 0.2, ProcessCrash = 0.5 } },
        Goals = [Goals.LeaderCrashed, Goals.UnflushedLost, Goals.UnflushedKept],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 5);
            for (int round = 0; round < 5; round++)
            {
                SimulatedServer victim = cluster.Servers[cluster.Simulation.Choose(3, "whose process dies")];
                await CrashWithin(cluster, victim, 1 + cluster.Simulation.Choose(24, "steps until it does"));
                victim.Crash(CrashKind.Process);
                victim.Start();
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(120, "ms until the power goes")));
                victim.Crash(CrashKind.PowerCut);
                victim.Start();
            }
        },
    };

    private static Scenario RestartBoundaries() => new()
    {
        Name = "restart-boundaries",
        LooksFor = "restarts after a crash between writing a snapshot and cutting the log, with every relation of the two",
        Faults = "crashes, partitions, slow disks",
        Cluster = Servers(3) with
        {
            // Without the empty entry, the first entry of a term is a command, so a snapshot may end at it.
            AppendEmptyEntryOnElection = false,
            StateMachine = process => new EagerMachine(process.Random),
            Faults = FaultMix.Reliable with { SlowFlush = 0.3, ProcessCrash = 0.2 },
        },
        Goals =
        [
            Goals.LogBeginsBeforeSnapshotsEnd, Goals.LogBeginsAtSnapshotsEnd, Goals.LogBeginsBehindSnapshot, Goals.LogEmptyBehindSnapshot,
            Goals.LogEndsBeforeSnapshot, Goals.LogConflictsWithSnapshot, Goals.LogBeginsWithConflict,
        ],
        Afterwards = MoreAndMoreCommands,
        Body = async cluster =>
        {
            foreach (SimulatedServer server in cluster.Servers)
            {
                server.Starting = EagerMachine.Attach;
                EagerMachine.Attach(server);
            }

            _ = StartClients(cluster, clients: 3, commands: 8);
            for (int round = 0; round < 3; round++)
            {
                // A leader that is cut off appends entries of its own. One of them may be at the end of the snapshot
                // that the leader receives later.
                SimulatedServer leader = await cluster.LeaderAsync();
                LogIndex behind = cluster.View[leader.Id].CommitIndex;
                cluster.Isolate(leader);
                await cluster.UntilAsync(() => cluster.Servers.Any(s => s != leader && cluster.View[s.Id].Log.SnapshotIndex > behind), TimeSpan.FromMilliseconds(1500));
                cluster.Heal();
                LogIndex before = cluster.View[leader.Id].Log.SnapshotIndex;
                await cluster.UntilAsync(() => cluster.View[leader.Id].Log.SnapshotIndex > before, TimeSpan.FromMilliseconds(800));
                for (int crash = 0; crash < 3; crash++)
                {
                    // The first crash is during the install. The later ones come when the server may have built upon
                    // the state that its restart found.
                    SimulatedServer victim = cluster.Simulation.Choose(3, "any crashes, or the old leader") == 0
                        ? cluster.Servers[cluster.Simulation.Choose(3, "who crashes")]
                        : leader;
                    await CrashWithin(cluster, victim, 1 + cluster.Simulation.Choose(12 << (2 * crash), "steps until it does"));
                    victim.Crash();
                    victim.Start();
                }
            }
        },
    };
}
