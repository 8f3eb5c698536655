using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>The paper's Figure 7: the logs that a leader of term 8 may find. Each follower talks to it until all is said.</summary>
public sealed class Figure7Tests
{
    private const string LeaderLog = "1 1 1 4 4 5 5 6 6 6";

    // Which follower; its log; the round trips until its log is the leader's.
    [Theory]
    [InlineData("a: lacks an entry", "1 1 1 4 4 5 5 6 6", 2)]
    [InlineData("b: lacks many entries", "1 1 1 4", 2)]
    [InlineData("c: has an entry too many", "1 1 1 4 4 5 5 6 6 6 6", 1)]
    [InlineData("d: has entries of a later term", "1 1 1 4 4 5 5 6 6 6 7 7", 1)]
    [InlineData("e: lacks entries and has others", "1 1 1 4 4 4 4", 3)]
    [InlineData("f: led terms of which nobody knows", "1 1 1 2 2 2 3 3 3 3 3", 3)]
    public void Every_follower_ends_with_the_leaders_log(string follower, string log, int roundTrips)
    {
        CoreHarness leader = CoreHarness.Follower(LeaderLog, term: 7, emptyEntry: true);
        CoreHarness other = CoreHarness.Follower(log, term: 7, id: 2);

        int count = Conversation.UntilTheLogsAgree(leader, other);

        Assert.Equal($"{LeaderLog} 8", other.LogText);
        Assert.True(count == roundTrips, $"{follower}: {count} round trips, expected {roundTrips}");
        Assert.Equal(At(11), leader.Progress(2).MatchIndex);
        Assert.Equal($"{LeaderLog} 8", other.Restart().LogText);
    }

    [Theory]
    [InlineData("1 1 1 4")]
    [InlineData("1 1 1 4 4 4 4")]
    [InlineData("1 1 1 2 2 2 3 3 3 3 3")]
    public void A_leader_that_has_compacted_what_a_follower_lacks_sends_its_snapshot(string log)
    {
        CoreHarness leader = CoreHarness.Follower("[9/6] 6", term: 7, emptyEntry: true, with: o => o with { MaxSnapshotChunkBytes = 2 });
        CoreHarness other = CoreHarness.Follower(log, term: 7, id: 2);

        Conversation.UntilTheLogsAgree(leader, other);

        Assert.Equal("[9/6] 6 8", other.LogText);
        Assert.Equal("state", Text(other.Core.Snapshot!.Data));
    }

    // Who can be elected for term 8 by whom: the vote goes to the log that is at least as up-to-date.
    [Theory]
    [InlineData(LeaderLog, "abef")]
    [InlineData("1 1 1 4 4 5 5 6 6 6 6", "abcef")]
    [InlineData("1 1 1 4 4 5 5 6 6 6 7 7", "abcdef")]
    [InlineData("1 1 1 4 4 4 4", "bef")]
    [InlineData("1 1 1 2 2 2 3 3 3 3 3", "f")]
    public void A_vote_goes_to_who_is_at_least_as_up_to_date(string candidateLog, string voters)
    {
        Dictionary<char, string> followers = new()
        {
            ['a'] = "1 1 1 4 4 5 5 6 6",
            ['b'] = "1 1 1 4",
            ['c'] = "1 1 1 4 4 5 5 6 6 6 6",
            ['d'] = "1 1 1 4 4 5 5 6 6 6 7 7",
            ['e'] = "1 1 1 4 4 4 4",
            ['f'] = "1 1 1 2 2 2 3 3 3 3 3",
        };
        RequestVote request = CoreHarness.Follower(candidateLog, term: 7, id: 2).Timeout().To<RequestVote>(1);

        IEnumerable<char> granted = followers
            .Where(f => CoreHarness.Follower(f.Value, term: 7).Receive(request).Only<RequestVoteReply>().VoteGranted)
            .Select(f => f.Key);

        Assert.Equal(voters, string.Concat(granted.Order()));
    }
}
