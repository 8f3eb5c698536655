using Raft.Verified.KeyValue;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.KeyValue;

/// <summary>The key/value service of one server, with a check that its reason for a failure is true.</summary>
internal static class WatchedService
{
    /// <summary>The name of the property that is checked here.</summary>
    public const string Property = "StoreFailuresAreTrue";

    /// <summary>Handles a request like <see cref="KeyValueServer.HandleAsync"/>, and checks the response.</summary>
    public static async Task<KeyValueResponse> HandleAsync(SimulatedCluster cluster, SimulatedServer server, RaftServer raft, KeyValueRequest request)
    {
        // The counters belong to one life of the server, which lasts while this task runs.
        ServerView view = cluster.View[server.Id];
        (int withoutEffect, int unknown) = (view.RefusedWithoutEffect, view.RefusedOutcomeUnknown);
        KeyValueResponse response = await new KeyValueServer(raft, (KeyValueStateMachine)server.StateMachine!).HandleAsync(request);
        if (request.Command is { } command && server.Server == raft)
        {
            bool isTrue = response.Failure switch
            {
                KeyValueFailure.NoEffect => view.RefusedWithoutEffect > withoutEffect,
                KeyValueFailure.OutcomeUnknown => view.RefusedOutcomeUnknown > unknown,
                _ => response.Reply is not null,
            };
            if (!isTrue)
            {
                cluster.Simulation.Fail(
                    Property,
                    $"{server.Id} answers '{command}' with {response.Failure}, but it has meanwhile refused {view.RefusedWithoutEffect - withoutEffect} proposals "
                    + $"as having no effect and {view.RefusedOutcomeUnknown - unknown} with an unknown outcome");
            }
        }

        return response;
    }
}
