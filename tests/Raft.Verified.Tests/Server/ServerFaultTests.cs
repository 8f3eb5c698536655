using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>The failures of a server's parts: each stops the server, and every client gets an answer.</summary>
public sealed class ServerFaultTests
{
    [Fact]
    public void A_failed_write_reaches_a_state_machine_that_waits_for_its_compaction() => LonelyWorld.Run(async world =>
    {
        world.Machine.OnApply = async (server, index) =>
        {
            world.BreakDisk(new IOException("no space left on device"));
            await server.CompactAsync(index, new byte[] { 42 });
        };
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));
        InvalidOperationException stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StopAsync());
        Assert.IsType<IOException>(stopped.InnerException);
    });

    [Fact]
    public void A_core_that_fails_in_the_middle_of_a_batch_answers_the_rest_of_it() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);
        server.Receive(new AppendEntries(
            new ServerId(2), server.Id, new Term(4), LogIndex.Zero, Term.Zero, new[] { new LogEntry(new Term(4), new LogIndex(1), EntryKind.Empty, default) }, new LogIndex(1)));
        await world.DelayAsync(20);

        // A leader that asks to delete what is committed stops the server; the proposal behind it in the same batch is answered all the same.
        server.Receive(new AppendEntries(
            new ServerId(3), server.Id, new Term(1000), LogIndex.Zero, Term.Zero, new[] { new LogEntry(new Term(1000), new LogIndex(1), EntryKind.Empty, default) }, LogIndex.Zero));
        Task<ProposalResult> behind = server.ProposeAsync(new byte[] { 1 });
        Task compaction = server.CompactAsync(new LogIndex(1), new byte[] { 1 });

        InvalidOperationException stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StopAsync());
        Assert.Contains("are committed", stopped.Message);
        await Assert.ThrowsAsync<ProposalRefusedException>(() => behind);
        await Assert.ThrowsAsync<RaftServerStoppedException>(() => compaction);
    });

    [Fact]
    public void What_came_in_behind_the_batch_in_which_the_core_failed_is_answered() => LonelyWorld.Run(async world =>
    {
        RaftServer? server = null;
        Task? proposal = null;
        Task? read = null;
        Task? compaction = null;
        world.Observer = new CallingObserver(RaftEventKind.MessageReceived, () =>
        {
            proposal = server!.ProposeAsync(new byte[] { 1 });
            read = server.ReadAsync(() => 1);
            compaction = server.CompactAsync(LogIndex.Zero, new byte[] { 1 });
            throw new NotSupportedException("the observer is broken");
        });
        server = await world.StartAsync(servers: 3);
        server.Receive(new RequestVote(new ServerId(2), server.Id, new Term(4), LogIndex.Zero, Term.Zero));

        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);
        Assert.Equal(ProposalRefusalReason.Stopped, (await Assert.ThrowsAsync<ProposalRefusedException>(() => proposal!)).Reason);
        Assert.Equal(ReadRefusalReason.Stopped, (await Assert.ThrowsAsync<ReadRefusedException>(() => read!)).Reason);
        await Assert.ThrowsAsync<RaftServerStoppedException>(() => compaction!);
    });

    [Fact]
    public void An_observer_that_fails_stops_the_server_too() => LonelyWorld.Run(async world =>
    {
        world.Observer = new FailingObserver(RaftEventKind.Applied);
        RaftServer server = await world.StartAsync();

        InvalidOperationException stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);
        Assert.IsType<NotSupportedException>(stopped.InnerException);
    });

    [Fact]
    public void A_failed_write_stops_the_server_and_nothing_is_answered_as_if_it_had_worked() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.BreakDisk(new IOException("no space left on device"));

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));
        InvalidOperationException stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);

        Assert.Equal(ProposalRefusalReason.Stopped, refusal.Reason);
        Assert.Contains("S1 was stopped by a fault: no space left on device", stopped.Message);
        Assert.IsType<IOException>(stopped.InnerException);
        await server.DisposeAsync();
    });

    [Fact]
    public void A_fault_is_reported_before_anybody_is_refused_because_of_it() => LonelyWorld.Run(async world =>
    {
        Task<ProposalResult>? late = null;
        RaftServer? server = null;
        bool wasRefused = true;
        world.Observer = new CallingObserver(RaftEventKind.Faulted, () =>
        {
            late = server!.ProposeAsync(new byte[] { 2 });
            wasRefused = late.IsCompleted;
        });
        server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.BreakDisk(new IOException("no space left on device"));

        await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Completion);

        Assert.False(wasRefused, "a call was refused before the fault was reported");
        Assert.Equal(ProposalRefusalReason.Stopped, (await Assert.ThrowsAsync<ProposalRefusedException>(() => late!)).Reason);
    });

    [Fact]
    public void A_state_machine_that_throws_stops_the_server() => LonelyWorld.Run(async world =>
    {
        world.Machine.OnApply = (_, _) => throw new FormatException("not a command");
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));
        InvalidOperationException stopped = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StopAsync());

        Assert.IsType<FormatException>(stopped.InnerException);
    });
}
