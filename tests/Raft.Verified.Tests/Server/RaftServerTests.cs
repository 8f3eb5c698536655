using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>A server alone, in virtual time: what its interface promises.</summary>
public sealed class RaftServerTests
{
    [Fact]
    public void A_server_alone_elects_itself_and_answers_with_term_index_and_result() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        ProposalResult first = await server.ProposeAsync(new byte[] { 7 });
        ProposalResult second = await server.ProposeAsync(new byte[] { 8 });

        RaftStatus status = server.GetStatus();
        Assert.Equal((status.Term, new LogIndex(2), (byte)7), (first.Term, first.Index, first.Result.Span[0]));
        Assert.Equal((status.Term, new LogIndex(3), (byte)8), (second.Term, second.Index, second.Result.Span[0]));
        Assert.Equal((Role.Leader, server.Id, new LogIndex(3)), (status.Role, status.Leader, status.AppliedIndex));
    });

    [Fact]
    public void A_submission_is_answered_when_it_has_a_place_in_the_log_and_again_when_it_is_applied() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.HoldDisk();

        Task<ProposalAcceptance> first = server.SubmitAsync(new byte[] { 7 });
        Task<ProposalAcceptance> second = server.SubmitAsync(new byte[] { 8 });
        await world.DelayAsync(10);

        Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully);
        ProposalAcceptance acceptance = await second;
        Assert.Equal((server.GetStatus().Term, new LogIndex(3)), (acceptance.Term, acceptance.Index));
        Assert.False(acceptance.Completion.IsCompleted);

        world.ReleaseDisk();
        ProposalResult result = await acceptance.Completion;
        Assert.Equal((acceptance.Term, acceptance.Index, (byte)8), (result.Term, result.Index, result.Result.Span[0]));
    });

    [Fact]
    public void A_submission_is_refused_by_who_does_not_lead_and_by_who_has_stopped() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.SubmitAsync(new byte[] { 1 }));
        await server.StopAsync();
        ProposalRefusedException late = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.SubmitAsync(new byte[] { 1 }));

        Assert.Equal((ProposalRefusalReason.NotLeader, ProposalRefusalReason.Stopped), (refusal.Reason, late.Reason));
    });

    [Fact]
    public void A_submission_that_was_accepted_and_never_applied_ends_in_a_refusal() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.HoldDisk();
        ProposalAcceptance acceptance = await server.SubmitAsync(new byte[] { 1 });
        Task stop = server.StopAsync();
        world.ReleaseDisk();
        await stop;

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => acceptance.Completion);
        Assert.Equal((ProposalRefusalReason.Stopped, acceptance.Index), (refusal.Reason, refusal.Index));
    });

    [Fact]
    public void A_server_that_does_not_lead_refuses_and_names_no_leader_if_it_knows_none() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));

        Assert.Equal((ProposalRefusalReason.NotLeader, ServerId.None, true), (refusal.Reason, refusal.Leader, refusal.HasNoEffect));
    });

    [Fact]
    public void A_refusal_names_the_leader_that_the_server_follows() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync(servers: 3);
        server.Receive(new AppendEntries(new ServerId(2), server.Id, new Term(4), LogIndex.Zero, Term.Zero, default, LogIndex.Zero));

        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 1 }));

        Assert.Equal(new ServerId(2), refusal.Leader);
        Assert.Contains("the leader is S2", refusal.Message);
    });

    [Fact]
    public void Stopping_answers_everyone_who_waits() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        world.HoldDisk();
        Task<ProposalResult> waiting = server.ProposeAsync(new byte[] { 1 });
        await world.DelayAsync(10);
        Task stop = server.StopAsync();
        world.ReleaseDisk();
        await stop;

        // Its write was finished in good order, but nobody is there any more to count and apply it.
        ProposalRefusedException refusal = await Assert.ThrowsAsync<ProposalRefusedException>(() => waiting);
        ProposalRefusedException late = await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(new byte[] { 2 }));
        Assert.Equal((ProposalRefusalReason.Stopped, false), (refusal.Reason, refusal.HasNoEffect));
        Assert.Equal(ProposalRefusalReason.Stopped, late.Reason);
    });

    [Fact]
    public void Proposals_that_come_together_are_written_together() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);
        int before = world.Writes;

        Task<ProposalResult>[] proposals = [.. Enumerable.Range(0, 20).Select(i => server.ProposeAsync(new[] { (byte)i }))];
        await Tasks.AllAsync([.. proposals]);

        Assert.InRange(world.Writes - before, 1, 2);
        Assert.Equal(Enumerable.Range(2, 20).Select(i => (long)i), proposals.Select(proposal => proposal.Result.Index.Value));
    });
}
