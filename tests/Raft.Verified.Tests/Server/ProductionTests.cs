using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;
using Raft.Verified.Transport;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>The same server on the thread pool, the system's clock and real randomness: a cluster inside this process.</summary>
public sealed class ProductionTests
{
    [Fact]
    public async Task Three_servers_on_the_thread_pool_elect_a_leader_and_commit()
    {
        ServerId[] ids = [new(1), new(2), new(3)];
        Dictionary<ServerId, RaftServer> servers = [];

        // The monitors follow a whole cluster and know no threads: with the lock in front they see one stream of events, each behind its cause.
        Monitors monitors = new(ids.Length, null);
        OneAtATime oneAtATime = new(monitors);
        SynchronizedObserver observer = new(oneAtATime);
        foreach (ServerId id in ids)
        {
            servers[id] = await RaftServer.StartAsync(
                new RaftOptions { Core = new RaftCoreOptions { Id = id, Servers = ids }, SnapshotThreshold = 50 },
                new RaftEnvironment
                {
                    Storage = new SimulatedStorage(new SimulatedDisk(id, observer)),
                    Transport = new Direct(servers),
                    StateMachine = new EchoMachine(),
                    Time = TimeProvider.System,
                    Random = new Random(id.Value),
                    Tasks = new ThreadPoolTaskStarter(),
                    Observer = observer,
                });
        }

        ProposalResult[] results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => ProposeAsync(servers, (byte)i)));

        Assert.Equal(200, results.Select(result => result.Index).Distinct().Count());
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal((byte)i, results[i].Result.Span[0]));
        foreach (RaftServer server in servers.Values)
        {
            await server.StopAsync();
        }

        Assert.Null(monitors.Violation);
        Assert.False(oneAtATime.WasCalledTwiceAtOnce);
        Assert.Equal(new LogIndex(monitors.View.MaxCommitted.Value), results.Max(result => result.Index));
    }

    private static async Task<ProposalResult> ProposeAsync(Dictionary<ServerId, RaftServer> servers, byte value)
    {
        ServerId target = new(1);
        while (true)
        {
            try
            {
                return await servers[target].ProposeAsync(new[] { value });
            }
            catch (ProposalRefusedException refusal) when (refusal.HasNoEffect)
            {
                target = refusal.Leader.IsNone ? target : refusal.Leader;
                await Task.Delay(20);
            }
        }
    }

    private sealed class OneAtATime(IRaftObserver observer) : IRaftObserver
    {
        private int _callers;

        public bool WasCalledTwiceAtOnce { get; private set; }

        public void OnEvent(in RaftEvent raftEvent)
        {
            WasCalledTwiceAtOnce |= Interlocked.Increment(ref _callers) > 1;
            observer.OnEvent(in raftEvent);
            Interlocked.Decrement(ref _callers);
        }
    }

    private sealed class Direct(Dictionary<ServerId, RaftServer> servers) : IRaftTransport
    {
        public ValueTask SendAsync(Message message, CancellationToken cancellationToken = default)
        {
            if (servers.TryGetValue(message.To, out RaftServer? server))
            {
                server.Receive(message);
            }

            return ValueTask.CompletedTask;
        }
    }
}
