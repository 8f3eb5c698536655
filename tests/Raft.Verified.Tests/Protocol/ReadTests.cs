using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Linearizable reads without the log: thesis, section 6.4.</summary>
public sealed class ReadTests
{
    [Fact]
    public void A_read_is_ready_once_a_majority_has_answered_requests_sent_after_it_came()
    {
        CoreHarness leader = CommittedLeader(servers: 5);
        ReadRequest read = new();

        Step step = leader.Read(read);

        Assert.Equal(At(2), read.Index);
        Assert.Equal(4, step.Messages.Count);
        Assert.Empty(step.ReadsReady);
        Assert.Empty(leader.Receive(Reply(leader, 2, step.To<AppendEntries>(2).Round)).ReadsReady);
        Assert.Equal([read], leader.Receive(Reply(leader, 3, step.To<AppendEntries>(3).Round)).ReadsReady);
        Assert.Empty(leader.Receive(Reply(leader, 4, step.To<AppendEntries>(4).Round)).ReadsReady);
    }

    [Fact]
    public void A_repeated_reply_of_one_follower_counts_once()
    {
        CoreHarness leader = CommittedLeader(servers: 5);
        Step step = leader.Read(new ReadRequest());
        AppendEntriesReply reply = Reply(leader, 2, step.To<AppendEntries>(2).Round);

        leader.Receive(reply);

        Assert.Empty(leader.Receive(reply).ReadsReady);
    }

    [Fact]
    public void A_reply_to_a_request_sent_before_the_read_came_does_not_count()
    {
        CoreHarness leader = CommittedLeader();
        AppendEntries before = leader.Heartbeat().To<AppendEntries>(2);
        ReadRequest read = new();
        leader.Read(read);

        Assert.Empty(leader.Receive(Reply(leader, 2, before.Round)).ReadsReady);
    }

    [Fact]
    public void A_reply_counts_for_the_round_it_answers_and_those_before_it()
    {
        CoreHarness leader = CommittedLeader();
        ReadRequest first = new();
        ReadRequest second = new();
        ReadRequest third = new();
        leader.Read(first);
        AppendEntries round = leader.Read(second).To<AppendEntries>(2);
        leader.Read(third);

        Assert.Equal([first, second], leader.Receive(Reply(leader, 2, round.Round)).ReadsReady);
    }

    [Fact]
    public void A_follower_gives_the_round_back_with_success_and_with_refusal()
    {
        CoreHarness follower = CoreHarness.Follower("1 1", term: 1);
        ReadRound round = new(7);

        AppendEntriesReply success = follower.Receive(follower.Append(2, "2/1") with { Round = round }).Only<AppendEntriesReply>();
        AppendEntriesReply refusal = follower.Receive(follower.Append(2, "9/1") with { Round = round }).Only<AppendEntriesReply>();
        InstallSnapshotReply chunk = follower.Receive(follower.Install(2, "9/1", done: false) with { Round = round }).Only<InstallSnapshotReply>();
        InstallSnapshotReply installed = follower.Receive(follower.Install(2, "1/1") with { Round = round }).Only<InstallSnapshotReply>();

        Assert.Equal((true, false, false, true), (success.Success, refusal.Success, chunk.Installed, installed.Installed));
        Assert.All([success.Round, refusal.Round, chunk.Round, installed.Round], given => Assert.Equal(round, given));
    }

    [Fact]
    public void A_refusal_in_the_leaders_term_confirms_as_well()
    {
        CoreHarness leader = CommittedLeader();
        ReadRequest read = new();
        ReadRound round = leader.Read(read).To<AppendEntries>(3).Round;

        Step step = leader.Receive(leader.Refused(3, prev: 2, conflictTerm: 0, conflictIndex: 1, last: 0) with { Round = round });

        Assert.Equal([read], step.ReadsReady);
    }

    [Fact]
    public void A_reply_of_another_term_does_not_confirm()
    {
        CoreHarness leader = CommittedLeader();
        ReadRound round = leader.Read(new ReadRequest()).To<AppendEntries>(2).Round;

        Step step = leader.Receive(leader.Appended(2, match: 2, term: 1, requestTerm: 1) with { Round = round });

        Assert.Empty(step.ReadsReady);
    }

    [Fact]
    public void A_read_also_waits_until_its_index_is_handed_out_to_be_applied()
    {
        // Committed by the followers' disks, while the leader's own write is still on its way.
        CoreHarness leader = CommittedLeader();
        leader.Propose();
        leader.Receive(leader.Appended(2, match: 3));
        leader.Receive(leader.Appended(3, match: 3));
        ReadRequest read = new();
        ReadRound round = leader.Read(read).To<AppendEntries>(2).Round;
        Assert.Equal(At(3), read.Index);
        Assert.Empty(leader.Receive(Reply(leader, 2, round, match: 3)).ReadsReady);

        Step step = leader.Complete();

        Assert.Equal("3/2", Positions(step.Committed));
        Assert.Equal([read], step.ReadsReady);
    }

    [Fact]
    public void Before_it_has_committed_in_its_term_a_leader_waits_for_the_first_entry_of_its_own()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2, emptyEntry: true);
        ReadRequest read = new();
        ReadRound round = leader.Read(read).To<AppendEntries>(2).Round;
        Assert.Equal(At(3), read.Index);
        Assert.Empty(leader.Receive(Reply(leader, 2, round)).ReadsReady);

        Step step = leader.Receive(leader.Appended(2, match: 3));

        Assert.Equal("1/1 2/1 3/2", Positions(step.Committed));
        Assert.Equal([read], step.ReadsReady);
    }

    [Fact]
    public void Without_the_empty_entry_a_leader_takes_reads_only_once_something_is_proposed()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);
        Assert.False(leader.Core.TakesReads);
        Assert.True(leader.Read(new ReadRequest()).IsEmpty);

        leader.Propose();

        Assert.True(leader.Core.TakesReads);
    }

    [Fact]
    public void Only_a_leader_takes_reads()
    {
        CoreHarness follower = CoreHarness.Follower("1 1", term: 1);
        Assert.False(follower.Core.TakesReads);
        Assert.True(follower.Read(new ReadRequest()).IsEmpty);
    }

    [Fact]
    public void A_deposed_leader_gives_its_reads_back()
    {
        CoreHarness leader = CommittedLeader();
        ReadRequest first = new();
        ReadRequest second = new();
        leader.Read(first);
        ReadRound round = leader.Read(second).To<AppendEntries>(2).Round;

        Step step = leader.Receive(leader.AskVote(3, term: 9, "2/2"));

        Assert.Equal([first, second], step.ReadsRefused);
        Assert.Empty(leader.Receive(leader.Appended(2, match: 2, term: 9, requestTerm: 2) with { Round = round }).ReadsReady);
    }

    [Fact]
    public void A_server_alone_confirms_by_itself()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1, servers: 1, emptyEntry: true);
        ReadRequest read = new();

        Assert.Equal([read], leader.Read(read).ReadsReady);
    }

    [Fact]
    public void Rounds_begin_anew_with_each_term_that_a_server_leads()
    {
        CoreHarness leader = CommittedLeader();
        leader.Read(new ReadRequest());
        leader.Read(new ReadRequest());
        leader.Receive(leader.AskVote(3, term: 9, "0/0"));
        leader.Timeout();
        leader.CompleteAll();
        leader.Receive(leader.Vote(2));
        leader.Propose();

        ReadRequest read = new();
        ReadRound round = leader.Read(read).To<AppendEntries>(2).Round;

        Assert.Equal(new ReadRound(1), round);
    }

    [Fact]
    public void A_reply_with_a_round_that_never_began_is_nobodys_reply()
    {
        CoreHarness leader = CommittedLeader();
        leader.Read(new ReadRequest());

        Assert.True(leader.Receive(Reply(leader, 2, new ReadRound(2))).IsEmpty);
        Assert.True(leader.Receive(leader.Installed(2, 2) with { Round = new ReadRound(2) }).IsEmpty);
    }

    [Fact]
    public void A_follower_that_is_sent_a_snapshot_is_asked_with_an_empty_chunk()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2, emptyEntry: true);
        leader.Receive(leader.Appended(2, match: 3));
        leader.Compact(3, "abcdef");
        leader.CompleteAll();
        leader.Receive(leader.Refused(3, prev: 2, conflictTerm: 0, conflictIndex: 1, last: 0));
        Assert.Equal(ReplicationMode.Snapshot, leader.Progress(3).Mode);
        ReadRequest read = new();

        InstallSnapshot asked = leader.Read(read).To<InstallSnapshot>(3);

        Assert.Equal((0, false), (asked.Data.Length, asked.Done));
        Assert.Equal([read], leader.Receive(leader.Installed(3, 3, installed: false) with { Round = asked.Round }).ReadsReady);
    }

    [Fact]
    public void An_empty_chunk_changes_nothing_at_the_follower()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);
        follower.Receive(follower.Install(2, "4/1", "abc", done: false));

        InstallSnapshotReply reply = follower.Receive(follower.Install(2, "4/1", "", offset: 3, done: false)).Only<InstallSnapshotReply>();
        follower.Receive(follower.Install(2, "4/1", "def", offset: 3));

        Assert.Equal((3, false), (reply.NextOffset, reply.Installed));
        Assert.Equal("abcdef", Text(follower.Core.Snapshot!.Data));
    }

    [Fact]
    public void A_read_does_not_send_entries_again_that_wait_for_an_answer()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2, emptyEntry: true);
        Assert.True(leader.Progress(2).ProbeSent);

        Assert.True(leader.Read(new ReadRequest()).To<AppendEntries>(2).Entries.IsEmpty);
    }

    [Fact]
    public void The_heartbeat_asks_again_for_the_round()
    {
        CoreHarness leader = CommittedLeader();
        ReadRequest read = new();
        leader.Read(read);

        AppendEntries again = leader.Heartbeat().To<AppendEntries>(2);

        Assert.Equal([read], leader.Receive(Reply(leader, 2, again.Round)).ReadsReady);
    }

    // Two entries of term 2, committed and applied, both followers up to date.
    private static CoreHarness CommittedLeader(int servers = 3)
    {
        CoreHarness leader = CoreHarness.Leader("", term: 2, servers);
        leader.Propose(2);
        leader.CompleteAll();
        for (int peer = 2; peer <= servers; peer++)
        {
            leader.Receive(leader.Appended(peer, match: 2));
        }

        Assert.Equal(At(2), leader.Core.LastApplied);
        return leader;
    }

    private static AppendEntriesReply Reply(CoreHarness leader, int from, ReadRound round, long match = 2) =>
        leader.Appended(from, match) with { Round = round };
}
