using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>Reads of one server: their answers and refusals.</summary>
public sealed class ServerReadTests
{
    [Fact]
    public void A_read_is_answered_although_the_observer_fails_at_it() => LonelyWorld.Run(async world =>
    {
        world.Observer = new CallingObserver(RaftEventKind.ReadServed, () => throw new NotSupportedException("the observer is broken"));
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        Assert.Equal(ReadRefusalReason.Stopped, (await Assert.ThrowsAsync<ReadRefusedException>(() => server.ReadAsync(() => 1))).Reason);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);
    });

    [Fact]
    public void A_read_waits_for_the_command_that_is_being_applied() => LonelyWorld.Run(async world =>
    {
        int applied = 0;
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Machine.OnApply = async (_, _) =>
        {
            await held.Task;
            applied++;
        };
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        Task<ProposalResult> proposal = server.ProposeAsync(new byte[] { 1 });
        await world.UntilAppliesAsync();

        Task<ReadResult<int>> read = server.ReadAsync(() => applied);
        await world.DelayAsync(10);
        Assert.False(read.IsCompleted);
        held.SetResult();

        Assert.Equal(new ReadResult<int>(new LogIndex(2), 1), await read);
        await proposal;
    });

    [Fact]
    public void A_server_that_does_not_lead_or_was_deposed_or_has_stopped_refuses_reads() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);
        Assert.Equal(ReadRefusalReason.NotLeader, (await Refused(server)).Reason);

        Term term = await world.WinsAsync(server);
        Task<ReadResult<int>> waiting = server.ReadAsync(() => 1);
        await world.DelayAsync(10);
        server.Receive(new AppendEntries(new ServerId(2), server.Id, new Term(term.Value + 100), LogIndex.Zero, Term.Zero, default, LogIndex.Zero));
        ReadRefusedException deposed = await Assert.ThrowsAsync<ReadRefusedException>(() => waiting);
        Assert.Equal((ReadRefusalReason.LeadershipLost, new ServerId(2)), (deposed.Reason, deposed.Leader));

        await world.WinsAsync(server);
        waiting = server.ReadAsync(() => 1);
        await server.StopAsync();
        Assert.Equal(ReadRefusalReason.Stopped, (await Assert.ThrowsAsync<ReadRefusedException>(() => waiting)).Reason);
        Assert.Equal(ReadRefusalReason.Stopped, (await Refused(server)).Reason);

        static Task<ReadRefusedException> Refused(RaftServer server) => Assert.ThrowsAsync<ReadRefusedException>(() => server.ReadAsync(() => 1));
    });

    [Fact]
    public void A_leader_without_an_entry_of_its_term_that_appends_no_empty_one_refuses_reads() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync(with: core => core with { AppendEmptyEntryOnElection = false });
        while (server.GetStatus().Role != Role.Leader)
        {
            await world.DelayAsync(50);
        }

        ReadRefusedException refusal = await Assert.ThrowsAsync<ReadRefusedException>(() => server.ReadAsync(() => 1));
        Assert.Equal(ReadRefusalReason.NothingProposedInTerm, refusal.Reason);

        await server.ProposeAsync(new byte[] { 1 });
        Assert.Equal(1, (await server.ReadAsync(() => 1)).Value);
    });

    [Fact]
    public void A_query_that_throws_fails_its_caller_and_not_the_server() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        await Assert.ThrowsAsync<FormatException>(() => server.ReadAsync<int>(() => throw new FormatException("my mistake")));

        Assert.Equal(1, (await server.ReadAsync(() => 1)).Value);
    });

    [Fact]
    public void Reads_that_come_together_share_a_round() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);
        await world.WinsAsync(server);
        int before = world.Sent;

        for (int i = 0; i < 20; i++)
        {
            _ = server.ReadAsync(() => 1);
        }

        await world.NextAsync();
        Assert.InRange(world.Sent - before, 0, 6);
        await server.StopAsync();
    });
}
