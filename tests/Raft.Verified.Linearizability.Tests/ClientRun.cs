using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Linearizability;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>Clients of a simulated cluster whose leaders are cut off again and again. What they see is recorded and checked at the end of the run.</summary>
/// <param name="Model">What the cluster replicates.</param>
/// <param name="Command">Draws a command from numbers that it asks for, each below a bound.</param>
internal sealed record ClientRun<TState, TCommand, TAnswer>(SequentialModel<TState, TCommand, TAnswer> Model, Func<Func<int, int>, TCommand> Command)
    where TState : notnull
{
    public const string Property = "HistoryIsLinearizable";

    private const int Clients = 3;

    private const int Commands = 12;

    /// <summary>True when any server answers a read at once from what it has applied: the mistake.</summary>
    public bool ReadsAnywhere { get; init; }

    /// <summary>The history of the last run.</summary>
    public History<TCommand, TAnswer> History { get; private set; } = new();

    public Scenario Scenario() => new()
    {
        Name = "recorded-clients",
        LooksFor = "answers that no order of the operations explains",
        Faults = "leaders cut off",
        Cluster = new ClusterSettings { Servers = 3, StateMachine = _ => new ModelMachine<TState, TCommand, TAnswer>(Model) },
        Clocks = Clocks.Timed,
        Body = RunAsync,
    };

    private async Task RunAsync(SimulatedCluster cluster)
    {
        History<TCommand, TAnswer> history = new();
        History = history;
        await cluster.UntilAsync(() => cluster.Servers.All(server => server.Server is not null));
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(client => cluster.Start($"client {client}", () => RunClientAsync(cluster, history, client)))];
        for (int round = 0; round < 3; round++)
        {
            SimulatedServer leader = await cluster.LeaderAsync();
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(100));
            cluster.Isolate(leader);
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(600));
            cluster.Heal();
        }

        await Tasks.AllAsync(clients);
        LinearizabilityReport report = LinearizabilityChecker.Check(Model, history.Operations);
        if (!report.IsLinearizable)
        {
            cluster.Simulation.Fail(Property, report.Account);
        }
    }

    private async Task RunClientAsync(SimulatedCluster cluster, History<TCommand, TAnswer> history, int client)
    {
        for (int i = 0; i < Commands; i++)
        {
            TCommand command = Command(bound => cluster.Simulation.Choose(bound, "a client's command"));
            history.Call(client, command);
            if (ReadsAnywhere && Model.IsReadOnly(command))
            {
                SimulatedServer any = cluster.Servers[cluster.Simulation.Choose(cluster.Servers.Count, "server to read at")];
                history.Return(client, ((ModelMachine<TState, TCommand, TAnswer>)any.StateMachine!).AnswerHere(command));
            }
            else if (await ProposeAsync(cluster, client, command) is { } answer)
            {
                history.Return(client, ModelMachine<TState, TCommand, TAnswer>.Decode(answer));
            }
            else
            {
                history.Abandon(client);
            }

            await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(60, "pause of a client")));
        }
    }

    // Offers the command again only where it certainly had no effect; null when nobody knows whether it has.
    private static async Task<ReadOnlyMemory<byte>?> ProposeAsync(SimulatedCluster cluster, int client, TCommand command)
    {
        for (int target = client; ; target++)
        {
            RaftServer server = cluster.Servers[target % cluster.Servers.Count].Server!;
            Task<ProposalResult> proposal = server.ProposeAsync(ModelMachine<TState, TCommand, TAnswer>.Encode(command));
            await Tasks.AnyAsync(proposal, cluster.DelayAsync(TimeSpan.FromMilliseconds(300)));
            if (proposal.IsCompletedSuccessfully)
            {
                return (await proposal).Result;
            }

            if (proposal.Exception?.InnerException is not ProposalRefusedException { HasNoEffect: true })
            {
                return null;
            }

            await cluster.DelayAsync(TimeSpan.FromMilliseconds(30));
        }
    }
}
