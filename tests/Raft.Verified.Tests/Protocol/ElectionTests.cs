using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Paper, section 5.2, and Figure 2 "rules for candidates".</summary>
public sealed class ElectionTests
{
    [Fact]
    public void A_candidate_raises_its_term_votes_for_itself_and_asks_all_others()
    {
        CoreHarness server = CoreHarness.Follower("1 1 2", term: 3, servers: 5);

        Step step = server.Timeout();

        Assert.Equal(Role.Candidate, server.Core.Role);
        Assert.Equal(T(4), server.Core.CurrentTerm);
        Assert.Equal(S(1), server.Core.VotedFor);
        Assert.Equal((T(4), S(1)), step.Write!.TermAndVote);
        Assert.Equal(
            Enumerable.Range(2, 4).Select(peer => new RequestVote(S(1), S(peer), T(4), At(3), T(2))),
            step.Messages.Select(m => m.Message));
    }

    [Theory]
    [InlineData("", "0/0")]
    [InlineData("1", "1/1")]
    [InlineData("1 3 3", "3/3")]
    [InlineData("[4/2]", "4/2")]
    [InlineData("[4/2] 3", "5/3")]
    public void A_vote_request_carries_the_last_index_and_term(string log, string last)
    {
        CoreHarness server = CoreHarness.Follower(log, term: 3);

        RequestVote request = server.Timeout().To<RequestVote>(2);

        Assert.Equal(Position(last), (request.LastLogIndex, request.LastLogTerm));
    }

    [Fact]
    public void A_new_term_forgets_the_leader_of_the_old_one()
    {
        CoreHarness server = CoreHarness.Follower("", term: 1);
        server.Receive(server.Append(2, "0/0"));
        Assert.Equal(S(2), server.Core.LeaderId);

        server.Timeout();

        Assert.Equal(ServerId.None, server.Core.LeaderId);
    }

    [Fact]
    public void Vote_requests_wait_until_the_own_vote_is_durable()
    {
        CoreHarness server = CoreHarness.Follower("1", term: 1);

        Step step = server.Timeout();

        Assert.Equal(2, step.Messages.Count);
        Assert.All(step.Messages, m => Assert.Equal(step.Write!.Id, m.After));
    }

    [Fact]
    public void Vote_requests_wait_for_entries_that_are_on_their_way_to_the_disk()
    {
        CoreHarness server = CoreHarness.Follower("1", term: 1);
        WriteId entries = server.Receive(server.Append(2, "1/1", "1")).Write!.Id;

        Step step = server.Timeout();

        Assert.True(step.Write!.Id.Value > entries.Value);
        Assert.All(step.Messages, m => Assert.Equal(step.Write!.Id, m.After));
    }

    [Fact]
    public void The_own_vote_does_not_count_before_it_is_durable()
    {
        CoreHarness server = CoreHarness.Follower("", term: 0);
        server.Timeout();
        Assert.Empty(server.Core.VotesReceived);

        server.Receive(server.Vote(2));
        Assert.Equal(Role.Candidate, server.Core.Role);

        server.Complete();
        Assert.Equal(Role.Leader, server.Core.Role);
    }

    [Fact]
    public void The_write_of_an_earlier_election_does_not_make_the_present_vote_durable()
    {
        CoreHarness server = CoreHarness.Follower("", term: 0);
        server.Timeout();
        server.Timeout();
        server.Receive(server.Vote(2));

        server.Complete();
        Assert.Equal(Role.Candidate, server.Core.Role);
        Assert.Equal([S(2)], server.Core.VotesReceived);

        server.Complete();
        Assert.Equal(Role.Leader, server.Core.Role);
        Assert.Equal(T(2), server.Core.CurrentTerm);
    }

    [Fact]
    public void A_write_that_completes_after_stepping_down_counts_no_vote()
    {
        CoreHarness server = CoreHarness.Follower("", term: 0, servers: 3);
        server.Timeout();
        server.Receive(server.Append(2, "0/0", term: 2));

        server.CompleteAll();

        Assert.Equal(Role.Follower, server.Core.Role);
        Assert.Empty(server.Core.VotesReceived);
    }

    [Fact]
    public void A_single_server_elects_itself_once_its_vote_is_durable()
    {
        CoreHarness server = CoreHarness.Follower("1", term: 1, servers: 1);
        Step step = server.Timeout();
        Assert.Equal(Role.Candidate, server.Core.Role);
        Assert.Empty(step.Messages);

        server.Complete();

        Assert.Equal(Role.Leader, server.Core.Role);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    [InlineData(6, 3)]
    [InlineData(7, 3)]
    public void A_candidate_needs_a_majority_of_all_servers(int servers, int votesOfOthers)
    {
        CoreHarness server = CoreHarness.Candidate("", term: 1, servers);
        for (int peer = 2; peer <= votesOfOthers; peer++)
        {
            server.Receive(server.Vote(peer));
        }

        Assert.Equal(Role.Candidate, server.Core.Role);
        server.Receive(server.Vote(votesOfOthers + 1));
        Assert.Equal(Role.Leader, server.Core.Role);
    }

    [Fact]
    public void A_repeated_vote_counts_once()
    {
        CoreHarness server = CoreHarness.Candidate("", term: 1, servers: 5);

        server.Receive(server.Vote(2));
        server.Receive(server.Vote(2));
        server.Receive(server.Vote(2));

        Assert.Equal(Role.Candidate, server.Core.Role);
        Assert.Equal([S(1), S(2)], server.Core.VotesReceived);
    }

    [Fact]
    public void A_refused_vote_does_not_count()
    {
        CoreHarness server = CoreHarness.Candidate("", term: 1);

        server.Receive(server.Vote(2, granted: false));
        server.Receive(server.Vote(3, granted: false));

        Assert.Equal(Role.Candidate, server.Core.Role);
        Assert.Equal([S(1)], server.Core.VotesReceived);
    }

    [Fact]
    public void A_candidate_whose_timer_fires_again_starts_over_in_the_next_term()
    {
        CoreHarness server = CoreHarness.Candidate("", term: 1, servers: 5);
        server.Receive(server.Vote(2));

        Step step = server.Timeout();
        server.CompleteAll();

        Assert.Equal(T(2), server.Core.CurrentTerm);
        Assert.Equal([S(1)], server.Core.VotesReceived);
        Assert.Equal(4, step.Messages.Count);
        Assert.All(step.Messages, m => Assert.Equal(T(2), m.Message.Term));

        server.Receive(server.Vote(3));
        Assert.Equal(Role.Candidate, server.Core.Role);
    }

    [Theory]
    [InlineData("append")]
    [InlineData("snapshot")]
    public void A_candidate_follows_the_leader_of_its_own_term(string kind)
    {
        CoreHarness server = CoreHarness.Candidate("", term: 4, servers: 5);
        server.Receive(server.Vote(2));

        server.Receive(kind == "append" ? server.Append(3, "0/0", "1") : server.Install(3, "2/1"));

        Assert.Equal(Role.Follower, server.Core.Role);
        Assert.Equal(T(4), server.Core.CurrentTerm);
        Assert.Equal(S(3), server.Core.LeaderId);
        Assert.Equal(S(1), server.Core.VotedFor);
        Assert.Empty(server.Core.VotesReceived);
        Assert.Equal(kind == "append" ? "1" : "[2/1]", server.LogText);
    }

    [Fact]
    public void Votes_that_come_after_stepping_down_in_the_same_term_elect_nobody()
    {
        CoreHarness server = CoreHarness.Candidate("", term: 4);
        server.Receive(server.Append(3, "0/0"));

        server.Receive(server.Vote(2));

        Assert.Equal(Role.Follower, server.Core.Role);
    }

    [Fact]
    public void A_new_leader_tells_all_others_at_once_and_starts_from_the_end_of_its_log()
    {
        CoreHarness server = CoreHarness.Candidate("1 1 2", term: 3);

        Step step = server.Receive(server.Vote(2));

        Assert.Equal(S(1), server.Core.LeaderId);
        Assert.Equal(2, step.Messages.Count);
        foreach (int peer in (int[])[2, 3])
        {
            AppendEntries request = step.To<AppendEntries>(peer);
            Assert.Equal((At(3), T(2)), (request.PrevLogIndex, request.PrevLogTerm));
            Assert.True(request.Entries.IsEmpty);
            Assert.Equal((At(4), At(0)), (server.Progress(peer).NextIndex, server.Progress(peer).MatchIndex));
        }

        Assert.Null(server.Core.ProgressOf(S(1)));
        Assert.All(step.Messages, m => Assert.Equal(WriteId.None, m.After));
        Assert.Null(step.Write);
    }

    [Fact]
    public void A_new_leader_appends_an_empty_entry_and_sends_it_along()
    {
        CoreHarness server = CoreHarness.Follower("1 1 2", term: 2, emptyEntry: true);
        server.Timeout();
        server.CompleteAll();

        Step step = server.Receive(server.Vote(2));

        Assert.Equal("1 1 2 3", server.LogText);
        Assert.Equal(EntryKind.Empty, server.Core.Log[At(4)].Kind);
        Assert.Equal("4/3", Positions(step.Write!.Entries));
        AppendEntries request = step.To<AppendEntries>(3);
        Assert.Equal(At(3), request.PrevLogIndex);
        Assert.Equal("4/3", Positions(request.Entries));
        Assert.Equal(At(4), server.Progress(3).NextIndex);
    }

    [Fact]
    public void A_second_leadership_knows_nothing_of_the_first()
    {
        CoreHarness server = CoreHarness.Leader("1 1", term: 2);
        server.Propose(3);
        server.Receive(server.Appended(2, match: 5));
        server.Receive(server.Append(3, "2/1", "3", term: 3));
        Assert.Null(server.Core.ProgressOf(S(2)));

        server.Timeout();
        server.CompleteAll();
        server.Receive(server.Vote(2));

        Assert.Equal(Role.Leader, server.Core.Role);
        Assert.Equal((At(4), At(0)), (server.Progress(2).NextIndex, server.Progress(2).MatchIndex));
    }

    [Fact]
    public void A_request_that_waited_for_its_write_is_not_made_again_in_a_later_term()
    {
        CoreHarness server = CoreHarness.Follower("", term: 3);
        Step campaign = server.Timeout();

        Step overtaken = server.Receive(server.Append(2, "0/0", term: 5));
        Step[] later = [server.Complete(), server.Complete()];

        Assert.All(campaign.Messages, m => Assert.Equal(T(4), m.Message.Term));
        Assert.Empty(overtaken.Messages.Select(m => m.Message).OfType<RequestVote>());
        Assert.All(later, step => Assert.Empty(step.Messages));
    }

    [Fact]
    public void An_election_tells_its_story_in_events()
    {
        CoreHarness server = CoreHarness.Follower("", term: 1);

        server.Timeout();
        server.CompleteAll();
        server.Receive(server.Vote(2));

        Assert.Equal(
            [
                RaftEventKind.TermAdvanced, RaftEventKind.Voted, RaftEventKind.RoleChanged, RaftEventKind.ElectionTimerReset,
                RaftEventKind.MessageReceived, RaftEventKind.RoleChanged,
            ],
            server.Events.Select(e => e.Kind));
        Assert.Equal(T(1), server.EventsOf(RaftEventKind.TermAdvanced)[0].OtherTerm);
        Assert.Equal(S(1), server.EventsOf(RaftEventKind.Voted)[0].Peer);
        Assert.Equal([Role.Candidate, Role.Leader], server.EventsOf(RaftEventKind.RoleChanged).Select(e => e.Role));
        Assert.All(server.Events, e => Assert.Equal((S(1), T(2)), (e.Server, e.Term)));
    }
}
