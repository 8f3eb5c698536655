using Raft.Verified.Protocol;
using Xunit;

namespace Raft.Verified.Tests.Protocol;

/// <summary>
/// The election timer is reset on granting a vote, on starting an election, and on an append or a snapshot from the current leader,
/// and on nothing else. A deposed leader, which had none, starts one.
/// </summary>
public sealed class TimerTests
{
    [Fact]
    public void A_started_server_waits_for_a_leader() =>
        Assert.Equal(TimerEffects.ResetElection, CoreHarness.NotStarted(Notation.Durable("1 1", 1)).Start().Timers);

    [Fact]
    public void Starting_an_election_resets_the_election_timer_each_time()
    {
        CoreHarness server = CoreHarness.Follower("", term: 0);

        Assert.Equal(TimerEffects.ResetElection, server.Timeout().Timers);
        Assert.Equal(TimerEffects.ResetElection, server.Timeout().Timers);
    }

    [Theory]
    [InlineData("2/1", true)]
    [InlineData("1/1", false)]
    public void A_vote_request_resets_the_election_timer_only_when_it_is_granted(string last, bool granted)
    {
        CoreHarness voter = CoreHarness.Follower("1 1", term: 1);

        Step step = voter.Receive(voter.AskVote(2, term: 2, last));

        Assert.Equal(granted ? TimerEffects.ResetElection : TimerEffects.None, step.Timers);
    }

    [Fact]
    public void A_request_refused_because_the_vote_is_given_does_not_reset_the_election_timer()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 0);
        voter.Receive(voter.AskVote(2, term: 1, "0/0"));

        Assert.Equal(TimerEffects.None, voter.Receive(voter.AskVote(3, term: 1, "0/0")).Timers);
    }

    [Fact]
    public void A_repeated_request_that_is_granted_again_resets_the_election_timer()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 0);
        voter.Receive(voter.AskVote(2, term: 1, "0/0"));

        Assert.Equal(TimerEffects.ResetElection, voter.Receive(voter.AskVote(2, term: 1, "0/0")).Timers);
    }

    [Theory]
    [InlineData("2/1", "")]
    [InlineData("2/1", "1")]
    [InlineData("9/1", "")]
    [InlineData("0/0", "1")]
    public void An_append_of_the_current_leader_resets_the_election_timer_whether_it_matches_or_not(string prev, string entries)
    {
        CoreHarness follower = CoreHarness.Follower("1 1", term: 3);

        Assert.Equal(TimerEffects.ResetElection, follower.Receive(follower.Append(2, prev, entries)).Timers);
    }

    [Theory]
    [InlineData("9/1", true)]
    [InlineData("9/1", false)]
    [InlineData("1/1", true)]
    public void A_chunk_of_the_current_leader_resets_the_election_timer(string position, bool done)
    {
        CoreHarness follower = CoreHarness.Follower("[2/1]", term: 3);

        Assert.Equal(TimerEffects.ResetElection, follower.Receive(follower.Install(2, position, done: done)).Timers);
    }

    [Fact]
    public void Messages_of_an_older_term_do_not_reset_the_election_timer()
    {
        CoreHarness server = CoreHarness.Follower("1", term: 3);

        Assert.Equal(TimerEffects.None, server.Receive(server.Append(2, "1/1", term: 2)).Timers);
        Assert.Equal(TimerEffects.None, server.Receive(server.Install(2, "9/1", term: 2)).Timers);
        Assert.Equal(TimerEffects.None, server.Receive(server.AskVote(2, term: 2, "9/2")).Timers);
    }

    [Fact]
    public void A_newer_term_alone_does_not_reset_the_election_timer()
    {
        foreach (CoreHarness server in (CoreHarness[])[CoreHarness.Follower("1 1", term: 3), CoreHarness.Candidate("1 1", term: 3)])
        {
            Assert.Equal(TimerEffects.None, server.Receive(server.AskVote(2, term: 4, "1/1")).Timers);
            Assert.Equal(TimerEffects.None, server.Receive(server.Vote(2, term: 5)).Timers);
            Assert.Equal(TimerEffects.None, server.Receive(server.Appended(2, match: 0, term: 6)).Timers);
            Assert.Equal(TimerEffects.None, server.Receive(server.Installed(2, 0, term: 7)).Timers);
        }
    }

    [Fact]
    public void Replies_and_disk_writes_do_not_touch_the_timers()
    {
        CoreHarness candidate = CoreHarness.Follower("", term: 0, servers: 5);
        candidate.Timeout();
        Assert.Equal(TimerEffects.None, candidate.Complete().Timers);
        Assert.Equal(TimerEffects.None, candidate.Receive(candidate.Vote(2)).Timers);

        CoreHarness leader = CoreHarness.Leader("", term: 1);
        Assert.Equal(TimerEffects.None, leader.Propose().Timers);
        Assert.Equal(TimerEffects.None, leader.Complete().Timers);
        Assert.Equal(TimerEffects.None, leader.Receive(leader.Appended(2, match: 1)).Timers);
        Assert.Equal(TimerEffects.None, leader.Receive(leader.Refused(3, prev: 0, conflictTerm: 0, conflictIndex: 1, last: 0)).Timers);
        Assert.Equal(TimerEffects.None, leader.Compact(1).Timers);
    }

    [Fact]
    public void A_new_leader_stops_the_election_timer_and_starts_the_heartbeat()
    {
        CoreHarness server = CoreHarness.Candidate("", term: 1);

        Assert.Equal(TimerEffects.StopElection | TimerEffects.ResetHeartbeat, server.Receive(server.Vote(2)).Timers);
    }

    [Theory]
    [InlineData("vote request that is refused")]
    [InlineData("vote request that is granted")]
    [InlineData("append")]
    [InlineData("reply")]
    public void A_deposed_leader_stops_its_heartbeat_and_starts_the_election_timer(string by)
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);

        Step step = leader.Receive(by switch
        {
            "append" => leader.Append(2, "2/1", term: 3),
            "reply" => leader.Appended(2, match: 2, term: 3, requestTerm: 2),
            "vote request that is granted" => leader.AskVote(2, term: 3, "2/1"),
            _ => leader.AskVote(2, term: 3, "1/1"),
        });

        Assert.Equal(TimerEffects.StopHeartbeat | TimerEffects.ResetElection, step.Timers);
    }

    [Fact]
    public void A_heartbeat_starts_the_next_one()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1);

        Assert.Equal(TimerEffects.ResetHeartbeat, leader.Heartbeat().Timers);
    }

    [Fact]
    public void A_leader_has_no_election_timeout_and_others_no_heartbeat()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1);
        Assert.True(leader.Timeout().IsEmpty);
        Assert.Equal((Role.Leader, Notation.T(1)), (leader.Core.Role, leader.Core.CurrentTerm));

        Assert.True(CoreHarness.Follower("", term: 1).Heartbeat().IsEmpty);
        Assert.True(CoreHarness.Candidate("", term: 1).Heartbeat().IsEmpty);
    }
}
