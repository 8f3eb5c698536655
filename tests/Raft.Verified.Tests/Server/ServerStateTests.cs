using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>A server says whether it runs, and one that does not refuses every call at once.</summary>
public sealed class ServerStateTests
{
    private static readonly ServerId S2 = new(2);

    [Fact]
    public void A_server_that_runs_says_so() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        Assert.Equal((RaftServerState.Running, Role.Leader, server.Id, null), (server.GetStatus().State, server.GetStatus().Role, server.GetStatus().Leader, server.GetStatus().Fault));
    });

    [Fact]
    public void A_leader_that_is_stopping_says_so_and_one_that_has_stopped_leads_no_more() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);
        Term term = await world.WinsAsync(server);
        world.HoldDisk();
        Task<ProposalResult> waiting = server.ProposeAsync(new byte[] { 1 });
        await world.DelayAsync(10);
        Assert.Equal(2, server.GetFollowers().Count);

        Task stop = server.StopAsync();
        Assert.Equal((RaftServerState.Stopping, Role.Leader), (server.GetStatus().State, server.GetStatus().Role));
        world.ReleaseDisk();
        await stop;

        AssertLeadsNobody(server, RaftServerState.Stopped, term);
        Assert.Null(server.GetStatus().Fault);
        await Assert.ThrowsAsync<ProposalRefusedException>(() => waiting);
    });

    [Fact]
    public void A_server_of_which_a_part_has_failed_says_so_and_why() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        Term term = server.GetStatus().Term;
        world.BreakDisk(new IOException("no space left on device"));
        await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));

        AssertLeadsNobody(server, RaftServerState.Failed, term);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);
        AssertLeadsNobody(server, RaftServerState.Failed, term);
        Assert.IsType<IOException>(server.GetStatus().Fault);
        await AssertRefusesAsync(server);
    });

    [Fact]
    public void A_server_that_stops_or_has_stopped_refuses_every_call_at_once() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.HoldDisk();
        _ = server.ProposeAsync(new byte[] { 1 });
        await world.DelayAsync(10);

        Task stop = server.StopAsync();
        await AssertRefusesAsync(server);
        world.ReleaseDisk();
        await stop;
        await AssertRefusesAsync(server);
        await server.StopAsync();
        await server.DisposeAsync();
    });

    [Fact]
    public void A_disk_that_does_not_come_back_keeps_no_client_of_a_server_that_stops_waiting() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.HoldDisk();
        Task<ProposalResult> proposal = server.ProposeAsync(new byte[] { 1 });
        await world.DelayAsync(10);

        Task stop = server.StopAsync();

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => proposal);
        Assert.Equal((ProposalRefusalReason.Stopped, new LogIndex(2), false), (refusal.Reason, refusal.Index, refusal.HasNoEffect));
        Assert.False(stop.IsCompleted);
        world.ReleaseDisk();
        await stop;
    });

    [Fact]
    public void What_the_state_machine_is_given_before_a_stop_is_answered_by_it() => LonelyWorld.Run(async world =>
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Machine.OnApply = (_, _) => held.Task;
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        Task<ProposalResult> proposal = server.ProposeAsync(new byte[] { 7 });
        await world.UntilAppliesAsync();
        Task<ReadResult<int>> read = server.ReadAsync(() => 8);
        await world.DelayAsync(10);

        Task stop = server.StopAsync();
        await world.DelayAsync(10);
        Assert.False(proposal.IsCompleted || read.IsCompleted || stop.IsCompleted);
        held.SetResult();

        Assert.Equal((byte)7, (await proposal).Result.Span[0]);
        Assert.Equal(new ReadResult<int>(new LogIndex(2), 8), await read);
        await stop;
    });

    [Fact]
    public void When_a_part_fails_nobody_waits_for_a_state_machine_that_hangs() => LonelyWorld.Run(async world =>
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Machine.OnApply = (_, _) => held.Task;
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        Task<ProposalResult> applying = server.ProposeAsync(new byte[] { 1 });
        await world.UntilAppliesAsync();
        Task<ReadResult<int>> read = server.ReadAsync(() => 1);
        await world.DelayAsync(10);
        world.BreakDisk(new IOException("no space left on device"));
        Task<ProposalResult> writing = server.ProposeAsync(new byte[] { 2 });

        Assert.Equal(ProposalRefusalReason.Stopped, (await Assert.ThrowsAsync<ProposalRefusedException>(() => writing)).Reason);
        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => applying);
        Assert.Equal((ProposalRefusalReason.Stopped, false), (refusal.Reason, refusal.HasNoEffect));
        Assert.Equal(ReadRefusalReason.Stopped, (await Assert.ThrowsAsync<ReadRefusedException>(() => read)).Reason);
        Assert.Equal(RaftServerState.Failed, server.GetStatus().State);
        held.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);
    });

    [Fact]
    public void Storage_that_loads_nothing_is_told_what_is_expected() => LonelyWorld.Run(async world =>
    {
        world.LoadsNull = true;

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => world.StartAsync());

        Assert.Contains("the storage of S1 loaded null; expected DurableState.Empty for a new server", refusal.Message);
    });

    private static void AssertLeadsNobody(RaftServer server, RaftServerState state, Term term)
    {
        RaftStatus status = server.GetStatus();
        Assert.Equal((state, Role.Follower, ServerId.None, term), (status.State, status.Role, status.Leader, status.Term));
        Assert.Empty(server.GetFollowers());
    }

    private static async Task AssertRefusesAsync(RaftServer server)
    {
        Task<ProposalResult> proposal = server.ProposeAsync(new byte[] { 1 });
        Task<ProposalAcceptance> submission = server.SubmitAsync(new byte[] { 1 });
        Task<ReadResult<int>> read = server.ReadAsync(() => 1);
        Task compaction = server.CompactAsync(server.GetStatus().AppliedIndex, default);
        Task ahead = server.CompactAsync(new LogIndex(99), default);

        Assert.True(proposal.IsCompleted && submission.IsCompleted && read.IsCompleted && compaction.IsCompleted && ahead.IsCompleted);
        foreach (Task refused in new Task[] { proposal, submission })
        {
            ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => refused);
            Assert.Equal((ProposalRefusalReason.Stopped, true), (refusal.Reason, refusal.HasNoEffect));
        }

        Assert.Equal(ReadRefusalReason.Stopped, (await Assert.ThrowsAsync<ReadRefusedException>(() => read)).Reason);
        await Assert.ThrowsAsync<RaftServerStoppedException>(() => compaction);
        await Assert.ThrowsAsync<RaftServerStoppedException>(() => ahead);
        Assert.Equal(MessageReceipt.Stopped, server.Receive(new RequestVote(S2, server.Id, new Term(99), LogIndex.Zero, Term.Zero)));
    }
}
