using Raft.Verified.Protocol;
using Raft.Verified.Specifications;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>Confirmations of reads, sizes of majorities, and the age of a leader's snapshot.</summary>
public sealed class ReadPropertiesTests
{
    private static readonly ServerId S1 = new(1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(6, 4)]
    [InlineData(7, 4)]
    public void A_majority_is_more_than_all_the_others(int servers, int majority) => Assert.Equal(majority, new ClusterView(servers).Majority);

    [Fact]
    public void A_read_without_enough_confirmations_violates_reads_confirmed_by_majority()
    {
        ReadRequest read = new() { Index = new(1), Round = new(2) };
        Reading(4, read).Receive(Confirm(2, 3, 2)).ServeRead(1, read, 1)
            .Violates("S1 serves the read of 1 round 2, taken by S1 as leader of term 3, after 2 of 4 servers", "where 3 are needed");
        Reading(3, read).Receive(Confirm(2, 3, 1)).ServeRead(1, read, 1).Violates("after 1 of 3 servers");
        Reading(3, read).Receive(ConfirmChunk(2, 2, 2)).ServeRead(1, read, 1).Violates("after 1 of 3 servers");
        Reading(3, read).Lead(1, term: 4).Receive(Confirm(2, 4, 2)).ServeRead(1, read, 1).Violates("leader of term 3", "after 1 of 3 servers");
    }

    [Fact]
    public void A_read_that_a_majority_has_confirmed_may_be_served_by_a_leader_that_leads_no_more()
    {
        ReadRequest read = new() { Index = new(1), Round = new(2) };
        Reading(4, read).Receive(Confirm(2, 3, 2)).Receive(ConfirmChunk(3, 3, 5)).ServeRead(1, read, 1).Fine();
        Reading(3, read).Receive(Confirm(2, 3, 2)).Term(1, 4).Become(Role.Follower, 1).ServeRead(1, read, 1).Fine();
    }

    [Fact]
    public void A_snapshot_from_before_the_one_at_the_election_violates_leader_sends_its_log()
    {
        InstallSnapshot old = new(S1, new(2), new(3), new(2), new(1), 0, default, true);
        Compacted().Lead(1, term: 3).Send(old).Violates("S1 sends", "but had a snapshot through 4 when it was elected");
        Compacted().Lead(1, term: 3).Send(old with { LastIncludedIndex = new(4) }).Fine();
    }

    private static EventScript Compacted() => new EventScript("LeaderSendsItsLog")
        .Append(1, Entry(1, 1), Entry(2, 1), Entry(3, 1), Entry(4, 1)).Commit(1, 4).Compact(1, SnapshotOf(2, 1, "")).Compact(1, SnapshotOf(4, 1, ""));

    private static EventScript Reading(int servers, ReadRequest read) =>
        new EventScript("ReadsConfirmedByMajority", servers).Lead(1, term: 3).TakeRead(1, read);

    private static AppendEntriesReply Confirm(int from, long term, long round) =>
        new(new(from), S1, new(term), new(term), false, default, default, default, default, default) { Round = new(round) };

    private static InstallSnapshotReply ConfirmChunk(int from, long requestTerm, long round) =>
        new(new(from), S1, new(3), new(requestTerm), new(4), 0, false) { Round = new(round) };
}
