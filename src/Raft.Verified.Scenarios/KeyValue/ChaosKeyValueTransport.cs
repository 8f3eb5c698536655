using Raft.Verified.Exploration.Runtime;
using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.KeyValue;

/// <summary>
/// A transport of clients that treats requests and responses like the chaos network: it loses, repeats, delays and
/// reorders them. A repeated request is handled twice, and a lost request is never answered.
/// </summary>
internal sealed class ChaosKeyValueTransport(SimulatedCluster cluster) : IKeyValueTransport
{
    private readonly ISimulation _simulation = cluster.Simulation;

    private FaultMix Faults => cluster.Network.Faults;

    public Task<KeyValueResponse?> SendAsync(ServerId server, KeyValueRequest request)
    {
        TaskCompletionSource<KeyValueResponse?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_simulation.Happens(Faults.Duplication, "deliver it twice"))
        {
            Post(server.Value, $"client->{server} {request} (again)", () => Handle(server, request, answer));
        }

        Post(server.Value, $"client->{server} {request}", () => Handle(server, request, answer));
        return answer.Task;
    }

    private void Handle(ServerId id, KeyValueRequest request, TaskCompletionSource<KeyValueResponse?> answer)
    {
        SimulatedServer server = cluster[id];
        if (server is { Server: { } raft, Process: { } process })
        {
            PendingCalls calls = server.Calls;
            Task handled = process.Start(request.ToString(), async () =>
            {
                KeyValueResponse response = await WatchedService.HandleAsync(cluster, server, raft, request);
                Post(0, $"{id}->client {request}: {response.Failure} {response.Reply}", () => answer.TrySetResult(response));
            });
            calls.Add(request.Command is null ? CallKind.Read : CallKind.Proposal, handled, isDirect: false);
        }
    }

    private void Post(int actor, string what, Action arrive)
    {
        if (!_simulation.Happens(Faults.Loss, "lose it"))
        {
            _simulation.Post(new Delivery(actor, what, arrive), Faults.DrawLatency(_simulation), null);
        }
    }

    /// <summary>The arrival of a request or a response.</summary>
    private sealed class Delivery(int actor, string what, Action arrive) : Operation
    {
        public override OperationKind Kind => OperationKind.Message;

        public override int Actor => actor;

        public override void Run() => arrive();

        public override string ToString() => what;
    }
}
