using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.Machines;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;
using Raft.Verified.StateMachines;

namespace Raft.Verified.Scenarios;

// Scenarios of typed state machines, which are compared with copies of themselves.
public static partial class ScenarioLibrary
{
    private static readonly RaftCodec<LedgerCommand, LedgerAnswer> Ledger = new(LedgerJson.Default);

    private static Scenario TypedMachine() => new()
    {
        Name = "typed-machine",
        LooksFor = "a typed state machine whose answers or snapshots differ between servers, or from a replay of the log on a copy",
        Faults = "loss, duplication, delay, a partition, crashes",
        Cluster = new ClusterSettings { Servers = 3, StateMachine = _ => new LedgerMachine(), SnapshotThreshold = 3, Faults = FaultMix.Unreliable },
        Goals =
        [
            Goals.SnapshotInstalled,
            new Goal("a malformed command is answered", RaftEventKind.ProposalCompleted,
                static (in RaftEvent e, ClusterView _) => e.Subject is ProposalResult { Result.Span: [(byte)'?'] }),
        ],
        Afterwards = cluster => cluster.CreateClient().ExecuteAsync(Ledger, new LedgerCommand("z", 1)),
        Body = async cluster =>
        {
            Task[] clients = [.. Enumerable.Range(0, 2).Select(_ => StartLedgerClient(cluster, commands: 6))];
            for (int round = 0; round < 2; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                SimulatedServer lagging = cluster[Others(cluster, leader.Id)[cluster.Simulation.Choose(2, "which follower is cut off")]];
                LogIndex behind = cluster.View[lagging.Id].Log.LastIndex;
                cluster.Isolate(lagging);
                await cluster.UntilAsync(() => cluster.Servers.Any(server => cluster.View[server.Id].Log.SnapshotIndex > behind), TimeSpan.FromMilliseconds(1000));
                cluster.Heal();
                SimulatedServer crashing = cluster.Servers[cluster.Simulation.Choose(3, "which server crashes")];
                crashing.Crash();
                crashing.Start();
            }

            await Tasks.AllAsync(clients);
        },
    };

    // Amounts and accounts repeat, so that accounts are emptied, refilled and refused.
    private static Task StartLedgerClient(SimulatedCluster cluster, int commands)
    {
        SimulatedClient client = cluster.CreateClient();
        return client.Start(async () =>
        {
            for (int i = 0; i < commands; i++)
            {
                string account = ((char)('a' + cluster.Simulation.Choose(3, "account"))).ToString();
                await client.ExecuteAsync(Ledger, new LedgerCommand(account, cluster.Simulation.Choose(5, "amount") - 2));
            }

            // Bytes that are no command: every server answers them alike and goes on.
            await client.ExecuteAsync((_, _) => "{ \"Account\": 1"u8.ToArray());
        });
    }
}
