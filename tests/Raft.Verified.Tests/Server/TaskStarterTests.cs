using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Storage;
using Raft.Verified.Transport;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>The promise of a task starter: nothing of a task runs inside the call that starts it, and whether it runs before that call returns is nobody's business.</summary>
public sealed class TaskStarterTests
{
    [Fact]
    public async Task The_thread_pool_runs_nothing_on_the_callers_stack_and_ends_as_the_body_does()
    {
        ThreadPoolTaskStarter starter = new();
        for (int i = 0; i < 200; i++)
        {
            object gate = new();
            bool isOnCallersStack = false;
            Task task;
            lock (gate)
            {
                task = starter.Start("test", () =>
                {
                    isOnCallersStack = Monitor.IsEntered(gate);
                    return Task.CompletedTask;
                });
            }

            await task;
            Assert.False(isOnCallersStack);
        }

        await Assert.ThrowsAsync<FormatException>(() => starter.Start("test", () => throw new FormatException("at once")));
    }

    [Fact]
    public async Task A_server_works_although_every_task_has_run_for_a_while_before_its_start_returns()
    {
        ServerId id = new(1);
        RaftServer server = await RaftServer.StartAsync(
            new RaftOptions { Core = new RaftCoreOptions { Id = id, Servers = [id] }, SnapshotThreshold = 0 },
            new RaftEnvironment
            {
                Storage = new InMemoryStorage(),
                Transport = new NoTransport(),
                StateMachine = new EchoMachine(),
                Time = TimeProvider.System,
                Random = new Random(1),
                Tasks = new EagerStarter(),
            });
        while (server.GetStatus().Role != Role.Leader)
        {
            await Task.Delay(20);
        }

        Assert.Equal((byte)7, (await server.ProposeAsync(new byte[] { 7 })).Result.Span[0]);
        await server.StopAsync();
        Assert.Equal(RaftServerState.Stopped, server.GetStatus().State);
    }

    /// <summary>Lets each body run to its first wait, on another thread, before the start returns: the most that the promise allows.</summary>
    private sealed class EagerStarter : IRaftTaskStarter
    {
        public Task Start(string name, Func<Task> body)
        {
            Task? task = null;
            Thread thread = new(() => task = body());
            thread.Start();
            thread.Join();
            return task!;
        }
    }

    private sealed class NoTransport : IRaftTransport
    {
        public ValueTask SendAsync(Message message, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
