using System.Globalization;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Tests.Show;

/// <summary>Runs that are worth a look: each violates something in its first schedule, with servers that do nothing wrong.</summary>
internal static class ShownScenarios
{
    /// <summary>Somebody forges a vote: when all servers are cut off from each other, and S1 has come up anew, it becomes leader without a majority.</summary>
    public static Scenario ForgedVote { get; } = Make("forged-vote", "ElectedByMajority", async cluster =>
    {
        await cluster.LeaderAsync();
        cluster.Partition([new ServerId(1)], [new ServerId(2)], [new ServerId(3)]);
        cluster[new ServerId(1)].Crash();
        cluster[new ServerId(1)].Start();
        ServerView candidate = cluster.View[new ServerId(1)];
        await cluster.UntilAsync(() => candidate.Role == Role.Candidate);
        cluster.Network.Insert(new RequestVoteReply(new ServerId(3), candidate.Id, candidate.Term, candidate.Term, true));
    });

    /// <summary>Servers that wait for an application which never says that it is done: no operation is answered.</summary>
    public static Scenario StuckMachine { get; } = Make("stuck-machine", "EveryOperationAnswered", async cluster =>
    {
        SimulatedClient client = cluster.CreateClient();
        _ = client.Start(() => client.ExecuteAsync(Command));
        await cluster.LeaderAsync();
    });

    /// <summary>Every fault there is, in five servers, until there are 5,000 events.</summary>
    public static Scenario Long { get; } = new()
    {
        Name = "long-run",
        LooksFor = "nothing in particular",
        Faults = "all",
        Cluster = new ClusterSettings { Servers = 5, StateMachine = _ => new Machine(stuck: false), SnapshotThreshold = 12, Faults = FaultMix.Unreliable },
        Clocks = Clocks.Timed,
        Body = async cluster =>
        {
            for (int i = 0; i < 3; i++)
            {
                SimulatedClient client = cluster.CreateClient();
                _ = client.Start(async () =>
                {
                    while (true)
                    {
                        await client.ExecuteAsync(Command);
                    }
                });
            }

            _ = cluster.CreateClient().Start(() => new Nemesis(cluster, NemesisActions.All).RunAsync(budget: 1000));
            ClusterObserver observer = (ClusterObserver)cluster.Observer;
            await cluster.UntilAsync(() => observer.EventsSeen >= 5000);
            cluster.Simulation.Fail("ShortRun", "the run has 5,000 events");
        },
    };

    public static IReadOnlyList<Scenario> All { get; } = [ForgedVote, StuckMachine, Long];

    private static ReadOnlyMemory<byte> Command(int client, long sequence) =>
        System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{client}:{sequence}"));

    private static Scenario Make(string name, string looksFor, Func<SimulatedCluster, Task> body) => new()
    {
        Name = name,
        LooksFor = looksFor,
        Faults = "none",
        Cluster = new ClusterSettings { Servers = 3, StateMachine = _ => new Machine(stuck: true) },
        Clocks = Clocks.Timed,
        Body = body,
    };

    private sealed class Machine(bool stuck) : IRaftStateMachine
    {
        public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
        {
            if (stuck)
            {
                await new TaskCompletionSource().Task;
            }

            return ReadOnlyMemory<byte>.Empty;
        }

        public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(ReadOnlyMemory<byte>.Empty);

        public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
