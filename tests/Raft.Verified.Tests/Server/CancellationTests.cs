using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>Tokens that end the waiting for proposals, submissions and reads.</summary>
public sealed class CancellationTests
{
    [Fact]
    public void Cancelling_ends_the_wait_and_not_the_proposal() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.HoldDisk();
        using CancellationTokenSource source = new();
        Task<ProposalResult> waiting = server.ProposeAsync(new byte[] { 1 }, source.Token);
        await world.DelayAsync(10);
        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        world.ReleaseDisk();
        await world.DelayAsync(10);
        Assert.Equal(new LogIndex(2), server.GetStatus().AppliedIndex);
    });

    [Fact]
    public void A_token_that_is_cancelled_before_the_call_proposes_and_reads_nothing() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        CancellationToken cancelled = new(canceled: true);
        bool looked = false;

        Task[] calls =
        [
            server.ProposeAsync(new byte[] { 1 }, cancelled), server.SubmitAsync(new byte[] { 1 }, cancelled), server.ReadAsync(() => looked = true, cancelled),
        ];

        Assert.All(calls, call => Assert.True(call.IsCanceled));
        await world.DelayAsync(50);
        Assert.Equal((new LogIndex(1), false), (server.GetStatus().LastIndex, looked));
    });

    [Fact]
    public void A_call_that_is_cancelled_before_the_server_comes_to_it_proposes_and_reads_nothing() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        using CancellationTokenSource source = new();
        bool looked = false;

        _ = server.ProposeAsync(new byte[] { 1 }, source.Token);
        _ = server.SubmitAsync(new byte[] { 1 }, source.Token);
        _ = server.ReadAsync(() => looked = true, source.Token);
        source.Cancel();

        await world.DelayAsync(50);
        Assert.Equal((new LogIndex(1), false), (server.GetStatus().LastIndex, looked));
    });

    [Fact]
    public void Cancelling_a_submission_ends_the_wait_for_its_place_and_not_the_wait_for_its_end() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.HoldDisk();
        using CancellationTokenSource source = new();
        ProposalAcceptance acceptance = await server.SubmitAsync(new byte[] { 7 }, source.Token);
        source.Cancel();
        world.ReleaseDisk();

        Assert.Equal((byte)7, (await acceptance.Completion).Result.Span[0]);
    });

    // Whoever drops a task that has failed hears of it when the task is collected, unless somebody has looked at its exception. So nobody may be the first to look here.
    [Fact]
    public void A_refusal_that_nobody_looks_at_any_more_is_no_unobserved_exception() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);
        using CancellationTokenSource source = new();
        foreach (CancellationToken token in new[] { CancellationToken.None, source.Token })
        {
            Task[] calls =
            [
                server.ProposeAsync(new byte[] { 1 }, token), server.SubmitAsync(new byte[] { 1 }, token), server.ReadAsync(() => 1, token),
                server.ReadAsync<int>(() => throw new FormatException("my mistake"), token),
            ];
            await Task.WhenAll([.. calls.Select(SettledAsync)]);

            Assert.All(calls, call => Assert.True(call.IsFaulted && IsObserved(call)));
        }

        await server.StopAsync();
        Task[] late = [server.ProposeAsync(new byte[] { 1 }, source.Token), server.ReadAsync(() => 1, source.Token), server.CompactAsync(new LogIndex(9), default)];
        Assert.All(late, call => Assert.True(call.IsFaulted && IsObserved(call)));
    });

    [Fact]
    public void Waiting_for_a_proposal_that_was_cancelled_keeps_nothing()
    {
        ProposalWaiters waiters = new(new ServerId(1), NullRaftObserver.Instance);
        using CancellationTokenSource source = new();
        PendingProposal waits = new(default) { Term = new(1), Index = new(2) };
        waits.EndWith(source.Token, waiters);
        waiters.Register(waits);
        PendingProposal comesLate = new(default) { Term = new(1), Index = new(3) };
        comesLate.EndWith(source.Token, waiters);
        PendingProposal stays = new(default) { Term = new(1), Index = new(4) };

        source.Cancel();
        waiters.Register(comesLate);
        waiters.Register(stays);

        Assert.Null(waits.Node!.List);
        Assert.Null(comesLate.Node!.List);
        Assert.Same(stays, Assert.Single(stays.Node!.List!));
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("refused")]
    public void A_token_keeps_nothing_of_a_call_that_has_its_answer(string how)
    {
        ProposalWaiters waiters = new(new ServerId(1), NullRaftObserver.Instance);
        using CancellationTokenSource source = new();
        (WeakReference proposal, WeakReference read) = Answer(how == "answered", waiters, source.Token);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(proposal.IsAlive || read.IsAlive);
        GC.KeepAlive(source);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (WeakReference Proposal, WeakReference Read) Answer(bool success, ProposalWaiters waiters, CancellationToken token)
    {
        PendingProposal proposal = new(default) { Term = new(1), Index = new(1) };
        proposal.EndWith(token, waiters);
        PendingRead<int> read = new(() => 1);
        read.EndWith(token);
        if (success)
        {
            proposal.Complete(new ProposalResult(new(1), new(1), default));
            read.Serve(new(1));
        }
        else
        {
            proposal.Refuse(new ProposalRefusedException(ProposalRefusalReason.NotLeader, ServerId.None, LogIndex.Zero));
            read.Refuse(new ReadRefusedException(ReadRefusalReason.NotLeader, ServerId.None));
        }

        return (new WeakReference(proposal), new WeakReference(read));
    }

    private static async Task SettledAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            await Task.Yield();
        }
    }

    // The runtime's own mark, which decides whether the exception is reported as unobserved.
    private static bool IsObserved(Task task)
    {
        object? properties = typeof(Task).GetField("m_contingentProperties", Private)!.GetValue(task);
        object? holder = properties!.GetType().GetField("m_exceptionsHolder", Private)!.GetValue(properties);
        return (bool)holder!.GetType().GetField("m_isHandled", Private)!.GetValue(holder)!;
    }

    private const System.Reflection.BindingFlags Private = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic;
}
