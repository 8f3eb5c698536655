using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Storage;
using Raft.Verified.Transport;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>A stop whose wait ends early: it names the parts that have not returned, and gives up on their calls.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(Part.Storage, "disk")]
    [InlineData(Part.Transport, "sender to S2")]
    [InlineData(Part.StateMachine, "applier")]
    public async Task A_stop_that_is_cut_short_names_the_part_that_hangs_and_ends_its_call(Part hanging, string name)
    {
        Parts parts = new(hanging);
        RaftServer server = await StartAsync(parts, hanging == Part.StateMachine ? 1 : 2);
        Task proposal = hanging == Part.StateMachine ? ProposeAsync(server) : Task.CompletedTask;
        await parts.Called;
        using CancellationTokenSource patience = new();

        Task stop = server.StopAsync(patience.Token);
        Assert.False(stop.IsCompleted);
        await patience.CancelAsync();

        OperationCanceledException cut = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop);
        Assert.Contains("S1 has not stopped: ", cut.Message);
        Assert.Contains(name, cut.Message);
        Assert.Equal(patience.Token, cut.CancellationToken);

        // The call has ended, and with it the server.
        await proposal;
        if (hanging == Part.Transport)
        {
            await server.Completion;
        }
        else
        {
            InvalidOperationException end = await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);
            Assert.IsAssignableFrom<OperationCanceledException>(end.InnerException);
        }
    }

    [Theory]
    [InlineData(Part.Storage, true, "disk")]
    [InlineData(Part.Transport, true, "sender to S2")]
    [InlineData(Part.StateMachine, true, "applier")]
    [InlineData(Part.Storage, false, "disk")]
    [InlineData(Part.Transport, false, "sender to S2")]
    [InlineData(Part.StateMachine, false, "applier")]
    public async Task A_stop_without_a_token_ends_within_its_limit_and_answers_everybody(Part hanging, bool honoursToken, string name)
    {
        Parts parts = new(hanging) { HonoursToken = honoursToken };
        RaftServer server = await StartAsync(parts, hanging == Part.StateMachine ? 1 : 2, stopTimeout: TimeSpan.FromMilliseconds(50));
        Task proposal = hanging == Part.StateMachine ? ProposeAsync(server) : Task.CompletedTask;
        await parts.Called;
        Task read = server.ReadAsync(static () => 1);
        Task compaction = server.CompactAsync(LogIndex.Zero, default);

        TimeoutException cut = await Assert.ThrowsAsync<TimeoutException>(() => server.StopAsync());

        Assert.StartsWith($"S1 has not stopped within {0.05} s: ", cut.Message);
        Assert.Contains(name, cut.Message);
        await proposal.WaitAsync(Soon);
        await Assert.ThrowsAnyAsync<RaftException>(() => read.WaitAsync(Soon));
        await Task.WhenAny(compaction).WaitAsync(Soon);
        await server.DisposeAsync();
        if (honoursToken)
        {
            await Task.WhenAny(server.Completion).WaitAsync(Soon);
        }
        else
        {
            Assert.False(server.Completion.IsCompleted);
            Assert.Equal(RaftServerState.Stopping, server.GetStatus().State);
        }
    }

    [Fact]
    public async Task Disposing_ends_within_the_limit()
    {
        Parts parts = new(Part.Storage) { HonoursToken = false };
        RaftServer server = await StartAsync(parts, 2, stopTimeout: TimeSpan.FromMilliseconds(50));
        await parts.Called;
        await server.DisposeAsync();
        Assert.False(server.Completion.IsCompleted);
    }

    [Fact]
    public async Task A_stop_without_limit_waits_for_the_part()
    {
        Parts parts = new(Part.Storage);
        RaftServer server = await StartAsync(parts, 2, stopTimeout: Timeout.InfiniteTimeSpan);
        await parts.Called;
        Task stop = server.StopAsync();
        Assert.Same(server.Completion, stop);
        Assert.False(stop.IsCompleted);
        parts.Return();
        await stop;
    }

    [Fact]
    public async Task A_stop_with_a_token_that_nobody_cancels_is_one_without()
    {
        RaftServer server = await StartAsync(new Parts(null), 1);
        using CancellationTokenSource patience = new();
        await server.StopAsync(patience.Token);
        Assert.Equal(RaftServerState.Stopped, server.GetStatus().State);
        Assert.True(server.Completion.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_start_ends_when_nobody_waits_for_the_storage_any_more(bool honoursToken)
    {
        Parts parts = new(Part.Load) { HonoursToken = honoursToken };
        using CancellationTokenSource patience = new();
        Task<RaftServer> start = StartAsync(parts, 1, patience.Token);
        await parts.Called;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
    }

    private static async Task ProposeAsync(RaftServer server)
    {
        while (true)
        {
            try
            {
                await server.ProposeAsync(new byte[] { 1 });
            }
            catch (ProposalRefusedException refusal) when (refusal.Reason == ProposalRefusalReason.NotLeader)
            {
                await Task.Yield();
                continue;
            }
            catch (ProposalRefusedException refusal) when (refusal.Reason == ProposalRefusalReason.Stopped)
            {
                return;
            }
        }
    }

    private static Task<RaftServer> StartAsync(Parts parts, int servers, CancellationToken cancellationToken = default, TimeSpan? stopTimeout = null) => RaftServer.StartAsync(
        new RaftOptions
        {
            Core = new RaftCoreOptions { Id = new ServerId(1), Servers = [.. Enumerable.Range(1, servers).Select(i => new ServerId(i))] },
            ElectionTimeoutMin = TimeSpan.FromMilliseconds(20),
            ElectionTimeoutMax = TimeSpan.FromMilliseconds(40),
            HeartbeatInterval = TimeSpan.FromMilliseconds(5),
            StopTimeout = stopTimeout ?? TimeSpan.FromSeconds(30),
        },
        new RaftEnvironment
        {
            Storage = parts,
            Transport = parts,
            StateMachine = parts,
            Time = TimeProvider.System,
            Random = new Random(1),
            Tasks = new ThreadPoolTaskStarter(),
        },
        cancellationToken);

    public enum Part
    {
        Load,
        Storage,
        Transport,
        StateMachine,
    }

    /// <summary>Storage, transport and state machine, one of which hangs until its token is cancelled.</summary>
    private sealed class Parts(Part? hanging) : IRaftStorage, IRaftTransport, IRaftStateMachine
    {
        private readonly InMemoryStorage _storage = new();
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly TaskCompletionSource _return = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Called => _called.Task;

        public void Return() => _return.TrySetResult();

        public bool HonoursToken { get; init; } = true;

        public async ValueTask<DurableState> LoadAsync(CancellationToken cancellationToken = default)
        {
            await HangAsync(Part.Load, cancellationToken);
            return await _storage.LoadAsync(cancellationToken);
        }

        public async ValueTask WriteAsync(IReadOnlyList<DurableWrite> writes, CancellationToken cancellationToken = default)
        {
            await HangAsync(Part.Storage, cancellationToken);
            await _storage.WriteAsync(writes, cancellationToken);
        }

        public async ValueTask SendAsync(Message message, CancellationToken cancellationToken = default) => await HangAsync(Part.Transport, cancellationToken);

        public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
        {
            await HangAsync(Part.StateMachine, cancellationToken);
            return command;
        }

        public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => new(ReadOnlyMemory<byte>.Empty);

        public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default) => default;

        private async Task HangAsync(Part part, CancellationToken cancellationToken)
        {
            if (part == hanging)
            {
                _called.TrySetResult();
                await _return.Task.WaitAsync(HonoursToken ? cancellationToken : CancellationToken.None);
            }
        }
    }
}
