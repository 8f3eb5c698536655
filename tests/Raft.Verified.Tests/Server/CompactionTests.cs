using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>Compactions that a server is asked for, and those that it asks for itself.</summary>
public sealed class CompactionTests
{
    [Fact]
    public void A_state_machine_may_compact_from_inside_apply_and_wait_for_it() => LonelyWorld.Run(async world =>
    {
        world.Machine.OnApply = async (server, index) => await server.CompactAsync(index, new byte[] { 42 });
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        await server.ProposeAsync(new byte[] { 1 });

        Assert.Equal(new LogIndex(2), server.GetStatus().SnapshotIndex);
        Assert.Equal(new LogIndex(2), world.Disk.Snapshot?.LastIncludedIndex);
    });

    [Fact]
    public void A_stop_in_the_middle_of_such_a_compaction_ends_in_good_order() => LonelyWorld.Run(async world =>
    {
        world.Machine.OnApply = async (server, index) => await server.CompactAsync(index, new byte[] { 42 });
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        Task<ProposalResult> waiting = server.ProposeAsync(new byte[] { 1 });
        await world.UntilAppliesAsync();
        await server.StopAsync();

        Assert.True(waiting.IsCompleted);
    });

    [Fact]
    public void A_compaction_beyond_what_was_handed_to_the_state_machine_is_refused() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        ArgumentOutOfRangeException refusal = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.CompactAsync(new LogIndex(9), default));

        Assert.Contains("the snapshot covers entries up to 9; the state machine has been given entries up to 1", refusal.Message);
    });

    [Fact]
    public void A_compaction_of_entries_that_are_committed_and_not_applied_is_refused() => LonelyWorld.Run(async world =>
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Machine.OnApply = (_, _) => held.Task;
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        Task<ProposalResult>[] proposals = [.. Enumerable.Range(0, 4).Select(i => server.ProposeAsync(new[] { (byte)i }))];
        await world.UntilAppliesAsync();
        while (server.GetStatus().CommitIndex < new LogIndex(5))
        {
            await world.NextAsync();
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.CompactAsync(new LogIndex(5), new byte[] { 1 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.CompactAsync(new LogIndex(3), new byte[] { 1 }));
        Assert.Equal(LogIndex.Zero, server.GetStatus().SnapshotIndex);
        held.SetResult();
        await Tasks.AllAsync([.. proposals]);
        await server.CompactAsync(new LogIndex(5), new byte[] { 1 });
        Assert.Equal(new LogIndex(5), server.GetStatus().SnapshotIndex);
    });

    [Fact]
    public void A_compaction_behind_a_snapshot_that_is_being_restored_is_refused_and_one_before_its_end_has_no_effect() => LonelyWorld.Run(async world =>
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource restoring = new(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Machine.OnRestore = () =>
        {
            restoring.TrySetResult();
            return held.Task;
        };
        RaftServer server = await world.StartAsync(servers: 3);
        server.Receive(new InstallSnapshot(new ServerId(2), server.Id, new Term(4), new LogIndex(7), new Term(3), 0, new byte[] { 9 }, true));
        await restoring.Task;

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.CompactAsync(new LogIndex(8), new byte[] { 1 }));
        await server.CompactAsync(new LogIndex(7), new byte[] { 1 });
        Assert.Equal((byte)9, world.Disk.Snapshot!.Data.Span[0]);
        held.SetResult();
        await server.StopAsync();
    });

    [Fact]
    public void The_log_is_compacted_when_it_has_grown_by_so_many_bytes() => LonelyWorld.Run(async world =>
    {
        // The empty entry of the election, and two commands of 7 bytes, each with 13 bytes of its own.
        RaftServer server = await world.StartAsync(snapshotBytes: 53);
        await world.LeadsAsync(server);
        await server.ProposeAsync(new byte[7]);
        await world.DelayAsync(10);
        Assert.Equal(LogIndex.Zero, server.GetStatus().SnapshotIndex);
        await server.ProposeAsync(new byte[7]);
        await world.DelayAsync(10);
        Assert.Equal(new LogIndex(3), server.GetStatus().SnapshotIndex);

        await server.ProposeAsync(new byte[39]);
        await world.DelayAsync(10);
        Assert.Equal(new LogIndex(3), server.GetStatus().SnapshotIndex);
        await server.ProposeAsync(new byte[0]);
        await world.DelayAsync(10);
        Assert.Equal(new LogIndex(5), server.GetStatus().SnapshotIndex);
    });
}
