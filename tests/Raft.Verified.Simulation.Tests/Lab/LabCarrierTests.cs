using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Lab;

/// <summary>Raft's messages as calls on the lab network.</summary>
public sealed class LabCarrierTests
{
    [Fact]
    public void What_an_earlier_life_asked_is_not_answered_to_a_later_one()
    {
        RequestsByLife lives = new();
        Run(lives, async (lab, cluster) =>
        {
            lab.BeginLongReordering();
            for (int round = 0; round < 10; round++)
            {
                int leader = await lab.CheckOneLeaderAsync();
                await lab[leader].StartAsync(LabCommand.Of(round));
                await lab.SleepAsync(1);
                await lab.RestartAsync(leader);
                lab.Connect(leader);
            }
        });
        Assert.Equal(0, lives.AnsweredUnasked);
        Assert.True(lives.RepliesLost > 20, $"only {lives.RepliesLost} replies came too late");
    }

    [Fact]
    public void A_peer_that_is_cut_off_holds_up_nobody() => Run(null, async (lab, cluster) =>
    {
        int leader = await lab.CheckOneLeaderAsync();
        lab.Disconnect(lab.After(leader, 1));
        for (int i = 0; i < 20; i++)
        {
            TimeSpan began = cluster.Simulation.Now;
            await lab.OneAsync(i, 2);

            // The other follower learns of the commit with the next heartbeat; the call to the first one takes seconds to fail.
            Assert.InRange((cluster.Simulation.Now - began).TotalMilliseconds, 0, 120);
        }
    });

    [Fact]
    public void Requests_that_reach_a_server_are_counted_by_life() => Run(null, async (lab, cluster) =>
    {
        int leader = await lab.CheckOneLeaderAsync();
        ServerId follower = cluster.ServerIds[lab.After(leader, 1)];
        Assert.True(cluster.Network.RequestsReceived(follower) >= 1);
        Assert.Equal(cluster.Network.Lab!.IncomingCalls($"{follower}"), cluster.Network.RequestsReceived(follower));

        await lab.RestartAsync(lab.After(leader, 1));
        await lab.SleepAsync(250);
        Assert.Equal(0, cluster.Network.RequestsReceived(follower));
        long before = cluster.Network.TotalRequests;
        lab.Connect(lab.After(leader, 1));
        await lab.SleepAsync(250);
        Assert.InRange(cluster.Network.RequestsReceived(follower), 2, 4);
        Assert.True(cluster.Network.TotalRequests - before >= 4);
    });

    [Fact]
    public void A_server_that_is_cut_off_hears_nothing_and_is_not_heard() => Run(null, async (lab, cluster) =>
    {
        int leader = await lab.CheckOneLeaderAsync();
        await lab.OneAsync(1, 3);
        ServerId cut = cluster.ServerIds[leader];
        lab.Disconnect(leader);
        long before = cluster.Network.RequestsReceived(cut);
        await lab.OneAsync(2, 2, retry: true);
        await lab.SleepAsync(2000);
        Assert.Equal(before, cluster.Network.RequestsReceived(cut));
        Assert.Equal(Role.Leader, cluster.View[cut].Role);
    });

    private static void Run(RequestsByLife? listener, Func<LabHarness, SimulatedCluster, Task> body)
    {
        LabTest test = new() { Name = "Made3Up", Demands = "nothing", Servers = 3, Body = _ => Task.CompletedTask };
        Scenario scenario = test.ToScenario() with { Body = cluster => body(new LabHarness(cluster, test), cluster) };
        for (ulong seed = 1; seed <= 10; seed++)
        {
            Strategy strategy = new Portfolio(Portfolio.Name).Named("random");
            strategy.Begin(seed, servers: 3, expectedSteps: 1000);
            ControlledRuntime runtime = new(strategy, timed: true, new ScheduleBounds(1, 1_000_000));
            ScenarioRun run = new(scenario, runtime, listener);
            runtime.AfterStep = run.AfterStep;
            runtime.Run(run.RunAsync);
            Assert.True(runtime.FailedProperty is null, $"seed {seed}: {runtime.FailedProperty}: {runtime.FailureMessage}");
        }
    }

    /// <summary>The servers that each server has asked in its present life, and those that answered.</summary>
    private sealed class RequestsByLife : IRaftObserver
    {
        private readonly HashSet<(ServerId From, ServerId To)> _asked = [];

        public int AnsweredUnasked { get; private set; }

        public int RepliesLost { get; private set; }

        public void OnEvent(in RaftEvent raftEvent)
        {
            ServerId server = raftEvent.Server;
            switch (raftEvent.Kind)
            {
                case RaftEventKind.Started:
                    _asked.RemoveWhere(asked => asked.From == server);
                    break;
                case RaftEventKind.MessageSent when MessageSize.IsRequest((Message)raftEvent.Subject!):
                    _asked.Add((server, raftEvent.Peer));
                    break;
                case RaftEventKind.MessageReceived when !MessageSize.IsRequest((Message)raftEvent.Subject!):
                    AnsweredUnasked += _asked.Contains((server, raftEvent.Peer)) ? 0 : 1;
                    break;
                case RaftEventKind.MessageLost when !MessageSize.IsRequest((Message)raftEvent.Subject!):
                    RepliesLost++;
                    break;
                default:
                    break;
            }
        }
    }
}
