using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

// Scenarios of transports, disks and state machines that fail, hang or are slow.
public static partial class ScenarioLibrary
{
    private static Scenario TransportFails() => new()
    {
        Name = "transport-fails",
        LooksFor = "a server that stops or falls behind when transports throw, hang or are slow, and queues of two messages overflow",
        Faults = "transports that throw, hang and are slow",
        Cluster = Servers(3) with
        {
            MaxQueuedMessagesPerPeer = 2,
            Faults = FaultMix.Reliable with { Parts = new PartFaults { SendFault = 0.1, SlowSend = 0.1, SendHang = 0.01 } },
        },
        Goals = [Goals.SendFailed, Goals.AppendRefused, Goals.LeaderDeposed],
        Body = async cluster =>
        {
            Task clients = StartClients(cluster, clients: 3, commands: 5);
            await cluster.UntilAsync(() => clients.IsCompleted, TimeSpan.FromSeconds(3));
        },
    };

    // The promise of a stop while a transport hangs: clients get their answers, and all of the server ends except its
    // senders.
    private static Scenario TransportHangs() => new()
    {
        Name = "transport-hangs",
        LooksFor = "a peer that accepts no messages for long, and a stopping leader that answers its clients although its transport hangs",
        Faults = "transports that hang, shutdowns",
        Cluster = Servers(3) with { MaxQueuedMessagesPerPeer = 2 },
        Goals = [Goals.LeaderElected, Goals.LeaderStopped],
        Body = async cluster =>
        {
            Task clients = StartClients(cluster, clients: 3, commands: 3);
            SimulatedServer leader = await cluster.LeaderAsync();
            ServerId deaf = Others(cluster, leader.Id)[cluster.Simulation.Choose(2, "who takes nothing")];
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(30, "ms until it does not")));
            foreach (ServerId from in Others(cluster, deaf))
            {
                cluster.Hangs.HangLink(from, deaf);
                cluster.Network.Cut(deaf, from);
            }

            cluster.Simulation.BeginFairPhase();
            if (!await cluster.UntilAsync(() => clients.IsCompleted, cluster.Simulation.LivenessBound))
            {
                cluster.Simulation.Fail(
                    nameof(EveryOperationAnswered), $"clients wait although only {deaf} accepts no messages, {cluster.Simulation.LivenessBound.TotalSeconds} s after it began");
            }

            await cluster.DelayAsync(TimeSpan.FromSeconds(3));
            cluster.Hangs.End();
            cluster.Heal();
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(20));
            await StopsWhileItsTransportHangsAsync(cluster);
        },
    };

    // The part of a follower hangs. A leader whose own disk or state machine hangs would keep its leadership and answer
    // no client.
    private static Scenario PartHangs() => new()
    {
        Name = "part-hangs",
        LooksFor = "servers that lead, commit and answer although the disk or state machine of a follower hangs for good",
        Faults = "a disk or state machine that hangs for good",
        Cluster = Servers(3) with { SnapshotThreshold = 4, Faults = FaultMix.Reliable with { Parts = new PartFaults { SlowMachine = 0.01 } } },
        Goals = [Goals.LeaderElected],
        Body = async cluster =>
        {
            Task clients = StartClients(cluster, clients: 3, commands: 4);
            SimulatedServer leader = await cluster.LeaderAsync();
            ServerId stuck = Others(cluster, leader.Id)[cluster.Simulation.Choose(2, "whose part hangs")];
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(30, "ms until it does")));
            cluster.Hangs.HangPart(stuck, cluster.Simulation.Choose(2, "its disk or its state machine") == 0 ? FailingPart.Storage : FailingPart.StateMachine);
            cluster.Simulation.BeginFairPhase();

            // The follower may win an election with votes from before the hang. Then no progress is promised.
            TimeSpan began = cluster.Simulation.Now;
            if (!await cluster.UntilAsync(() => clients.IsCompleted || cluster.Leader?.Id == stuck, cluster.Simulation.LivenessBound)
                && cluster.Simulation.Now - began >= cluster.Simulation.LivenessBound)
            {
                cluster.Simulation.Fail(
                    nameof(EveryOperationAnswered), $"clients wait although only a part of {stuck} hangs, {cluster.Simulation.LivenessBound.TotalSeconds} s after it began");
            }
        },
    };

    private static Scenario DiskFails() => new()
    {
        Name = "disk-fails",
        LooksFor = "a failed disk, after which the server must stop without a false promise and restart from a prefix of its writes",
        Faults = "disks that fail, hang and are slow, crashes",
        Cluster = Servers(3) with
        {
            Faults = FaultMix.Reliable with
            {
                SlowFlush = 0.1,
                Parts = new PartFaults { WriteFault = 0.04, WriteHang = 0.01, LoadFault = 0.2, LoadHang = 0.03 },
            },
        },
        Goals = [Goals.PartFailed(FailingPart.Storage), Goals.LeadersPartFailed(FailingPart.Storage), Goals.LoadFailed],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 5);
            await new Nemesis(cluster, NemesisActions.CrashAndRestart).RunAsync(budget: 6);
        },
    };

    private static Scenario StateMachineFails() => new()
    {
        Name = "state-machine-fails",
        LooksFor = "a server that continues after its state machine threw while applying, taking a snapshot or restoring one",
        Faults = "state machines that throw, crashes",
        Cluster = Servers(3) with
        {
            SnapshotThreshold = 3,
            Faults = FaultMix.Reliable with { Parts = new PartFaults { MachineFault = 0.05 } },
        },
        Goals = [Goals.PartFailed(FailingPart.StateMachine), Goals.LeadersPartFailed(FailingPart.StateMachine), Goals.RestoreFailed],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 5);
            await new Nemesis(cluster, NemesisActions.CrashAndRestart).RunAsync(budget: 6);
        },
    };

    private static Scenario StateMachineSlow() => new()
    {
        Name = "state-machine-slow",
        LooksFor = "entries applied twice, concurrently, out of order, or answered wrongly, when slow state machines span stops, crashes and changes of leader",
        Faults = "slow state machines, crashes, shutdowns, partitions",
        Cluster = Servers(3) with
        {
            SnapshotThreshold = 4,
            Faults = FaultMix.Reliable with { Parts = new PartFaults { SlowMachine = 0.3, MachineHang = 0.02 } },
        },
        Goals = [Goals.LeaderStopped, Goals.LeaderCrashed, Goals.TwoLeaders, Goals.AppliedInNewerTerm],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 5);
            for (int round = 0; round < 3; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(100, "ms until the leader goes")));
                switch (cluster.Simulation.Choose(3, "the leader crashes, stops, or is cut off"))
                {
                    case 0:
                        leader.Crash();
                        break;
                    case 1:
                        _ = leader.StopAsync();
                        break;
                    default:
                        cluster.Isolate(leader);
                        break;
                }

                await cluster.UntilAsync(() => cluster.Leader is { } next && next != leader, TimeSpan.FromMilliseconds(800));
                cluster.Heal();
                leader.Crash();
                leader.Start();
            }
        },
    };

    private static async Task StopsWhileItsTransportHangsAsync(SimulatedCluster cluster)
    {
        _ = StartClients(cluster, clients: 3, commands: 2);
        SimulatedServer leader = await cluster.LeaderAsync();
        await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(30, "ms until the leader's transport hangs")));
        foreach (ServerId to in Others(cluster, leader.Id))
        {
            cluster.Hangs.HangLink(leader.Id, to);
        }

        await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(60, "ms until the leader stops")));
        _ = leader.StopAsync();
        if (!await cluster.UntilAsync(() => leader.UnansweredProposals == 0 && !cluster.View[leader.Id].IsRunning, InGoodTime) && cluster.Simulation.IsTimed)
        {
            cluster.Simulation.Fail(
                "StopAnswersClients",
                $"{leader.Id} was asked to stop while its transport hangs; {InGoodTime.TotalSeconds} s later {leader.UnansweredProposals} of its proposals have no answer");
        }

        leader.Crash();
        leader.Start();
    }
}
