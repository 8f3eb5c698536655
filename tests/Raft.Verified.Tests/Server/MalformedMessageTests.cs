using Raft.Verified.Protocol;
using Raft.Verified.Scenarios;
using Raft.Verified.Server;
using Raft.Verified.Specifications;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>Messages that no correct server sends, each wrong in one field: whatever a server is and has, they are refused, counted, and change nothing.</summary>
public sealed class MalformedMessageTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);
    private static readonly ServerId S3 = new(3);

    [Fact]
    public void A_follower_with_a_log_refuses_them_all() => LonelyWorld.Run(async world =>
    {
        Monitors monitors = Watch(world);
        RaftServer server = await world.StartAsync(servers: 3);
        server.Receive(new AppendEntries(S2, S1, new(400), default, default, Entries(400, 1, 2, 3), new(2)));
        await world.DelayAsync(10);

        await AssertRefusesAllAsync(world, server, monitors);
    });

    [Fact]
    public void A_new_server_refuses_them_all() => LonelyWorld.Run(async world =>
    {
        Monitors monitors = Watch(world);
        RaftServer server = await world.StartAsync(servers: 3);

        await AssertRefusesAllAsync(world, server, monitors);
    });

    [Fact]
    public void A_leader_refuses_them_all() => LonelyWorld.Run(async world =>
    {
        Monitors monitors = Watch(world);
        RaftServer server = await world.StartAsync(servers: 3);
        await world.WinsAsync(server);

        await AssertRefusesAllAsync(world, server, monitors);
    });

    [Fact]
    public void A_leader_in_the_middle_of_a_snapshots_transfer_refuses_them_all() => LonelyWorld.Run(async world =>
    {
        Monitors monitors = Watch(world);
        RaftServer server = await world.StartAsync(servers: 3, with: core => core with { MaxSnapshotChunkBytes = 2 });
        Term term = await world.WinsAsync(server);
        LogIndex last = server.GetStatus().LastIndex;
        server.Receive(new AppendEntriesReply(S3, S1, term, term, true, default, last, default, default, default));
        while (server.GetStatus().AppliedIndex < last)
        {
            await world.NextAsync();
        }

        await server.CompactAsync(last, new byte[9]);
        while (server.GetFollowers()[0].Mode != ReplicationMode.Snapshot)
        {
            await world.NextAsync();
        }

        await AssertRefusesAllAsync(world, server, monitors);
    });

    [Fact]
    public void Messages_from_elsewhere_for_others_and_of_other_kinds_are_refused_with_the_reason() => LonelyWorld.Run(async world =>
    {
        List<MessageRefusal> refusals = [];
        world.Observer = new RefusalObserver(refusals);
        RaftServer server = await world.StartAsync(servers: 3);
        RequestVote valid = new(S2, S1, new(1), default, default);

        Assert.Equal(MessageReceipt.Refused, server.Receive(valid with { To = S3 }));
        Assert.Equal(MessageReceipt.Refused, server.Receive(valid with { From = S1 }));
        Assert.Equal(MessageReceipt.Refused, server.Receive(valid with { From = new(9) }));
        Assert.Equal(MessageReceipt.Refused, server.Receive(valid with { From = ServerId.None }));
        Assert.Equal(MessageReceipt.Refused, server.Receive(new Greeting(S2, S1, new(1))));
        Assert.Throws<ArgumentNullException>(() => server.Receive(null!));
        Assert.Equal(MessageReceipt.Taken, server.Receive(valid));
        await world.DelayAsync(10);

        Assert.Equal(5, server.GetStatus().RefusedMessages);
        Assert.Equal(
            ["it is for S3, and this is S1", "it is from S1 itself", "S9 is not in the cluster [S1, S2, S3]", "- is not in the cluster [S1, S2, S3]", "Greeting is no message of Raft"],
            refusals.Select(refusal => refusal.Reason));
        Assert.Equal("RequestVote from S9: S9 is not in the cluster [S1, S2, S3]", $"{refusals[2]}");
        await server.StopAsync();
    });

    [Fact]
    public void What_servers_send_is_never_refused_and_each_distortion_says_what_is_wrong() => LonelyWorld.Run(world =>
    {
        Monitors monitors = Watch(world);
        RaftCoreOptions options = new() { Id = S1, Servers = [S1, S2, S3] };
        Message[] distorted = [.. Distortions.Of(S2, S1, new(3), monitors.View[S1].Log).SelectMany(kind => kind)];
        string?[] reasons = [.. distorted.Select(message => MessageValidation.FindFault(message, options))];

        // The exceptions are replies of which only the leader knows that it sent nothing that they answer.
        Assert.Equal(4, reasons.Count(reason => reason is null));
        Assert.All(distorted.Zip(reasons), pair => Assert.True(pair.Second is not null || pair.First is AppendEntriesReply));
        Assert.Contains("entry 3/3 stands where 2 is expected", reasons);
        Assert.Contains("the previous entry is -1; expected 0 to 4611686018427387903", reasons);
        Assert.All(distorted, message => Assert.NotEmpty($"{message}"));
        return Task.CompletedTask;
    });

    private static async Task AssertRefusesAllAsync(LonelyWorld world, RaftServer server, Monitors monitors)
    {
        RaftStatus before = server.GetStatus();
        ReplicationMode[] modes = [.. server.GetFollowers().Select(follower => follower.Mode)];
        Message[] distorted = [.. Distortions.Of(S2, S1, before.Term > Term.Zero ? before.Term : new(1), monitors.View[S1].Log).SelectMany(kind => kind)];
        int taken = distorted.Count(message => server.Receive(message) == MessageReceipt.Taken);

        // A leader finds out about those that are well-formed and answer nothing that it has sent; others have no use for any reply.
        Assert.InRange(taken, 0, 4);
        int refused = distorted.Length - (before.Role == Role.Leader ? 0 : taken);
        while (server.GetStatus().RefusedMessages < refused)
        {
            Assert.Equal(RaftServerState.Running, server.GetStatus().State);
            await world.NextAsync();
        }

        // While time goes by a follower may have begun elections, but it has not heard of the terms that were forged.
        RaftStatus after = server.GetStatus();
        Assert.Equal(refused, after.RefusedMessages);
        Assert.Equal((before.LastIndex, before.CommitIndex, before.SnapshotIndex), (after.LastIndex, after.CommitIndex, after.SnapshotIndex));
        Assert.InRange(after.Term.Value, before.Term.Value, before.Term.Value + 1000);
        Assert.Equal(before.Role == Role.Leader, after.Role == Role.Leader);
        Assert.Equal(modes, server.GetFollowers().Select(follower => follower.Mode));

        // And it goes on: what is well-formed is still taken and acted upon.
        Term next = new(after.Term.Value + 5000);
        server.Receive(new AppendEntries(S3, S1, next, default, default, default, default));
        while (server.GetStatus().Term < next)
        {
            await world.NextAsync();
        }

        await server.StopAsync();
    }

    private static Monitors Watch(LonelyWorld world)
    {
        Monitors monitors = new(3, null, []);
        world.Observer = monitors;
        return monitors;
    }

    private static LogEntry[] Entries(long term, params long[] indexes) => [.. indexes.Select(index => new LogEntry(new(term), new(index), EntryKind.Command, new byte[12]))];

    private sealed record Greeting(ServerId From, ServerId To, Term Term) : Message(From, To, Term);

    private sealed class RefusalObserver(List<MessageRefusal> refusals) : IRaftObserver
    {
        public void OnEvent(in RaftEvent raftEvent)
        {
            if (raftEvent is { Kind: RaftEventKind.MessageRefused, Subject: MessageRefusal refusal })
            {
                Assert.Equal(refusal.Message.From, raftEvent.Peer);
                refusals.Add(refusal);
            }
        }
    }
}
