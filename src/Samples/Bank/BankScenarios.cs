using Raft.Verified.Simulation;
using Raft.Verified.StateMachines;

namespace Bank;

/// <summary>
/// The scenarios of the bank. The tests explore them, and so does <c>raft test --assembly Bank.dll</c>.
/// </summary>
public static class BankScenarios
{
    private static readonly RaftCodec<Transfer, Receipt> Codec = new BankMachine().Codec;

    [RaftScenario]
    public static Scenario Transfers => Create("bank-transfers", forgetsTransfers: false);

    [RaftScenario]
    public static Scenario SeededBug => Create("bank-seeded-bug", forgetsTransfers: true);

    // Two customers transfer money while the leader crashes. Servers compact after three entries, so a server that was
    // behind, or that starts again, continues from a snapshot.
    private static Scenario Create(string name, bool forgetsTransfers) => new()
    {
        Name = name,
        LooksFor = "receipts that differ between servers",
        Faults = "loss, delay, a crash",
        Cluster = new ClusterSettings
        {
            Servers = 3,
            Faults = FaultMix.Unreliable,
            SnapshotThreshold = 3,
            StateMachine = _ => new BankMachine(forgetsTransfers),
        },
        Body = async cluster =>
        {
            Task ann = StartCustomer(cluster, "ann", "ben");
            Task ben = StartCustomer(cluster, "ben", "cid");
            SimulatedServer leader = await cluster.LeaderAsync();
            leader.CrashAfterSteps(1 + cluster.Simulation.Choose(60, "steps until the leader crashes"));
            await leader.Crashed;
            leader.Start();
            await ann;
            await ben;
        },
    };

    private static Task StartCustomer(SimulatedCluster cluster, string from, string to)
    {
        SimulatedClient client = cluster.CreateClient();
        return client.Start(async () =>
        {
            for (int i = 0; i < 5; i++)
            {
                await client.ExecuteAsync(Codec, new Transfer(from, to, 1 + cluster.Simulation.Choose(50, "amount")));
            }
        });
    }
}
