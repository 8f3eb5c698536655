using Raft.Verified.Exploration.Runtime;
using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Storage;
using Raft.Verified.Tests.Exploration;
using Raft.Verified.Transport;
using Xunit;

namespace Raft.Verified.Tests.KeyValue;

/// <summary>The answers of one server's service to its clients, in virtual time.</summary>
public sealed class ServiceTests
{
    private static readonly KeyValueCommand TooLong = KeyValueCommand.Put(1, 1, "key", "v");

    [Fact]
    public void What_is_too_large_is_refused_without_an_entry_of_the_log() => InWorld(servers: 1, async (service, raft, delay) =>
    {
        await delay(1000);
        LogIndex before = raft.GetStatus().LastIndex;

        KeyValueResponse response = await service.HandleAsync(new KeyValueRequest(TooLong));

        Assert.Equal(new KeyValueResponse(new KeyValueReply(KeyValueStatus.TooLarge)), response);
        Assert.Equal(before, raft.GetStatus().LastIndex);
    });

    [Fact]
    public void Whoever_proposes_it_all_the_same_gets_the_same_answer() => InWorld(servers: 1, async (_, raft, delay) =>
    {
        await delay(1000);

        ProposalResult result = await raft.ProposeAsync(KeyValueEncoding.Encode(TooLong));

        Assert.Equal(new KeyValueReply(KeyValueStatus.TooLarge), KeyValueEncoding.DecodeReply(result.Result.Span));
    });

    [Fact]
    public void A_server_that_does_not_lead_says_that_nothing_happened() => InWorld(servers: 3, async (service, _, _) =>
    {
        Assert.Equal(KeyValueFailure.NoEffect, (await service.HandleAsync(new KeyValueRequest(KeyValueCommand.OpenSession()))).Failure);
        Assert.Equal(KeyValueFailure.NoEffect, (await service.HandleAsync(KeyValueRequest.Get("k"))).Failure);
    });

    [Fact]
    public void A_server_that_stops_with_a_command_in_its_log_says_that_the_outcome_is_unknown() => InWorld(servers: 1, async (service, raft, delay) =>
    {
        await delay(1000);
        Task<KeyValueResponse> asked = service.HandleAsync(new KeyValueRequest(KeyValueCommand.OpenSession()));
        Task stopped = raft.StopAsync();

        // Taken before the stop: either it was carried out, or nobody knows.
        KeyValueResponse response = await asked;
        await stopped;
        Assert.True(response.Reply is { IsOk: true } || response.Failure == KeyValueFailure.OutcomeUnknown, response.ToString());
    });

    private static void InWorld(int servers, Func<KeyValueServer, RaftServer, Func<int, Task>, Task> test)
    {
        ControlledRuntime runtime = World.Run(
            async runtime =>
            {
                ISimulatedProcess process = runtime.CreateProcess(1, "S1");
                ServerId id = new(1);
                KeyValueStateMachine machine = new(limits: new KeyValueLimits { MaxKeyBytes = 2 });
                RaftServer raft = await RaftServer.StartAsync(
                    new RaftOptions { Core = new RaftCoreOptions { Id = id, Servers = [.. Enumerable.Range(1, servers).Select(i => new ServerId(i))] } },
                    new RaftEnvironment
                    {
                        Storage = new InMemoryStorage(),
                        Transport = new NoTransport(),
                        StateMachine = machine,
                        Time = process.Time,
                        Random = process.Random,
                        Tasks = new ProcessTasks(process),
                        Observer = NullRaftObserver.Instance,
                    });
                await test(new KeyValueServer(raft, machine), raft, milliseconds => VirtualDelay.WaitAsync(process.Time, TimeSpan.FromMilliseconds(milliseconds)));
            },
            timed: true);
        Assert.True(runtime.FailedProperty is null, $"{runtime.FailedProperty}: {runtime.FailureMessage}");
    }

    private sealed class NoTransport : IRaftTransport
    {
        public ValueTask SendAsync(Message message, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
