using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

/// <summary>The library of all scenarios.</summary>
public static partial class ScenarioLibrary
{
    /// <summary>The scenarios, in the order in which they are listed and explored.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [.. new[]
    {
        FirstElection(1), FirstElection(3), FirstElection(5), FirstElection(7),
        LeaderCrashes(), LeaderIsolated(), ServerPaused(), VoteStorm(), SteadyLeader(),
        TwoPartitions(), ManyPartitions(),
        ConcurrentProposals(), LogBackup(), WithoutEmptyEntry(), Figure8(), RevivedEntry(), LateReplies(),
        CrashStorm(), CrashInWrite(), ClusterRestarts(), Shutdown(), CallsAnswered(), CallsBehindSnapshot(), MinorityDown(),
        CompactionAlways(), CompactionInside(), CompactionAhead(), SnapshotInstall(),
        SnapshotRepeated(),
        Chaos(3), Chaos(5), MalformedMessages(),
        KeyValueSessions(), KeyValueReads(), ReadsAfterHeal(), LateAcknowledgements(), KeyValueSnapshots(), KeyValueWithinLimits(),
        LateTimers(), ClockRates(),
        TransportFails(), TransportHangs(), PartHangs(), DiskFails(), StateMachineFails(), StateMachineSlow(),
        PowerCuts(), RestartBoundaries(),
        FirstElection(2), FirstElection(4), FirstElection(6), EvenHalves(2), EvenHalves(4), EvenCrashes(4), EvenCrashes(6), Chaos(2), Chaos(4),
        CompactionUnlike(), RepliesLost(), TransfersMixed(), ReadsInHalves(), ReadsInTransfer(),
        TypedMachine(),
    }.Select(scenario => scenario.Afterwards is null ? scenario with { Afterwards = OneMoreCommand } : scenario)];

    /// <summary>Finds the scenario with a name; null when there is none.</summary>
    /// <param name="name">The name of the scenario.</param>
    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);

    private static ClusterSettings Servers(int count) => new()
    {
        Servers = count,
        StateMachine = process => new JournalMachine(process.Actor),
        Model = () => new JournalModel(),
    };

    private static Task OneMoreCommand(SimulatedCluster cluster) => Execute(cluster.CreateClient());

    internal static async Task MoreAndMoreCommands(SimulatedCluster cluster)
    {
        SimulatedClient client = cluster.CreateClient();
        while (true)
        {
            await Execute(client);
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(300));
        }
    }

    private static Task<ProposalResult> Execute(SimulatedClient client) => client.ExecuteAsync(JournalState.Command);

    // Starts clients that each execute commands one after the other, concurrently with the scenario. A liveness
    // property checks their answers after the faults.
    private static Task StartClients(SimulatedCluster cluster, int clients, int commands)
    {
        Task[] tasks = new Task[clients];
        for (int i = 0; i < clients; i++)
        {
            SimulatedClient client = cluster.CreateClient();
            tasks[i] = client.Start(async () =>
            {
                for (int command = 0; command < commands; command++)
                {
                    await Execute(client);
                }
            });
        }

        return Tasks.AllAsync(tasks);
    }
}
