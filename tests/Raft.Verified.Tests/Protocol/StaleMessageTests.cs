using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Paper, section 5.1: terms detect what is obsolete.</summary>
public sealed class StaleMessageTests
{
    public static TheoryData<Role, string> EveryRoleAndMessage()
    {
        string[] kinds = ["ask vote", "vote", "refused vote", "append", "appended", "refused", "snapshot", "installed"];
        TheoryData<Role, string> data = [];
        foreach (Role role in Enum.GetValues<Role>())
        {
            foreach (string kind in kinds)
            {
                data.Add(role, kind);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryRoleAndMessage))]
    public void Any_message_of_a_newer_term_steps_the_receiver_down_first(Role role, string kind)
    {
        CoreHarness server = InTerm4(role);

        Step step = server.Receive(MessageOf(server, kind, term: 6));

        Assert.Equal(Role.Follower, server.Core.Role);
        Assert.Equal(T(6), server.Core.CurrentTerm);
        Assert.Equal(T(6), step.Write!.TermAndVote!.Value.CurrentTerm);
        Assert.Equal(kind == "ask vote" ? S(2) : ServerId.None, server.Core.VotedFor);
        Assert.Equal(kind is "append" or "snapshot" ? S(2) : ServerId.None, server.Core.LeaderId);
        Assert.Null(server.Core.ProgressOf(S(2)));
        Assert.Equal(T(4), server.EventsOf(RaftEventKind.TermAdvanced).Single().OtherTerm);
        Assert.Equal(role == Role.Follower ? 0 : 1, server.EventsOf(RaftEventKind.RoleChanged).Length);
    }

    [Theory]
    [MemberData(nameof(EveryRoleAndMessage))]
    public void A_message_of_an_older_term_changes_nothing(Role role, string kind)
    {
        CoreHarness server = InTerm4(role);
        (string Log, LogIndex Commit, ServerId Vote, ServerId Leader) before = State(server);

        Step step = server.Receive(MessageOf(server, kind, term: 3));

        Assert.Equal(before, State(server));
        Assert.Equal(role, server.Core.Role);
        Assert.Equal(T(4), server.Core.CurrentTerm);
        Assert.Null(step.Write);
        Assert.Equal(TimerEffects.None, step.Timers);
        Assert.Empty(step.Committed);
        Assert.Equal(kind is "ask vote" or "append" or "snapshot" ? 1 : 0, step.Messages.Count);
    }

    [Theory]
    [InlineData("vote")]
    [InlineData("appended")]
    [InlineData("refused")]
    [InlineData("installed")]
    public void A_reply_to_a_request_of_an_earlier_term_is_dropped_even_when_it_comes_in_the_present_one(string kind)
    {
        CoreHarness server = kind == "vote" ? CoreHarness.Candidate("1 1", term: 4) : CoreHarness.Leader("1 1", term: 4);
        server.Propose();
        server.CompleteAll();

        Step step = server.Receive(kind switch
        {
            "vote" => server.Vote(2, term: 4, requestTerm: 3),
            "appended" => server.Appended(2, match: 3, term: 4, requestTerm: 3),
            "refused" => server.Refused(2, prev: 2, conflictTerm: 0, conflictIndex: 1, last: 0, term: 4, requestTerm: 3),
            _ => server.Installed(2, 2, term: 4, requestTerm: 3),
        });

        Assert.True(step.IsEmpty);
        Assert.Equal(At(0), server.Core.CommitIndex);
        Assert.Equal(kind == "vote" ? Role.Candidate : Role.Leader, server.Core.Role);
        if (kind != "vote")
        {
            Assert.Equal((At(3), At(0)), (server.Progress(2).NextIndex, server.Progress(2).MatchIndex));
        }
    }

    [Fact]
    public void A_vote_of_an_earlier_election_does_not_count_in_the_next()
    {
        CoreHarness server = CoreHarness.Candidate("", term: 1);
        RequestVoteReply late = server.Vote(2);
        server.Timeout();
        server.CompleteAll();

        server.Receive(late);

        Assert.Equal(Role.Candidate, server.Core.Role);
        Assert.Equal([S(1)], server.Core.VotesReceived);
    }

    [Fact]
    public void A_vote_after_the_election_is_won_changes_nothing()
    {
        CoreHarness server = CoreHarness.Leader("1", term: 2, servers: 5);
        server.Propose();

        Assert.True(server.Receive(server.Vote(5)).IsEmpty);
        Assert.Equal(Role.Leader, server.Core.Role);
        Assert.Equal("1 2", server.LogText);
    }

    [Fact]
    public void A_deposed_leader_learns_of_it_from_a_reply_alone()
    {
        CoreHarness leader = CoreHarness.Leader("1", term: 2);

        Step step = leader.Receive(leader.Refused(3, prev: 1, conflictTerm: 0, conflictIndex: 0, last: 1, term: 3, requestTerm: 2));

        Assert.Equal(Role.Follower, leader.Core.Role);
        Assert.Equal(T(3), leader.Core.CurrentTerm);
        Assert.Empty(step.Messages);
    }

    [Fact]
    public void A_refusal_with_a_newer_term_is_not_taken_for_a_log_mismatch()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);
        AppendEntriesReply refusal = leader.Refused(2, prev: 2, conflictTerm: 0, conflictIndex: 0, last: 0, term: 3, requestTerm: 2);
        leader.Receive(refusal);
        leader.Timeout();
        leader.CompleteAll();
        leader.Receive(leader.Vote(3));
        Assert.Equal((Role.Leader, T(4)), (leader.Core.Role, leader.Core.CurrentTerm));

        Assert.True(leader.Receive(refusal).IsEmpty);
        Assert.Equal(At(3), leader.Progress(2).NextIndex);
    }

    [Fact]
    public void A_leader_ignores_a_second_leader_of_its_own_term()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);

        Assert.True(leader.Receive(leader.Append(2, "1/1", "2 2", commit: 3)).IsEmpty);
        Assert.True(leader.Receive(leader.Install(2, "5/2")).IsEmpty);

        Assert.Equal(Role.Leader, leader.Core.Role);
        Assert.Equal("1 1", leader.LogText);
    }

    [Fact]
    public void An_append_of_an_older_term_is_refused_and_the_entries_of_the_newer_leader_stay()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 0, id: 3);
        AppendEntries held = follower.Append(1, "0/0", "1", term: 1);
        follower.Receive(follower.Append(2, "0/0", "2", commit: 1, term: 2));
        follower.CompleteAll();

        AppendEntriesReply reply = follower.Receive(held).Only<AppendEntriesReply>();

        Assert.False(reply.Success);
        Assert.Equal((T(2), T(1)), (reply.Term, reply.RequestTerm));
        Assert.Equal("2", follower.LogText);
        Assert.Equal(S(2), follower.Core.LeaderId);
    }

    [Fact]
    public void A_refusal_of_an_old_append_or_snapshot_waits_for_the_term_it_tells()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);
        WriteId write = follower.Receive(follower.Vote(2, granted: false, term: 5)).Write!.Id;

        Assert.Equal(write, Assert.Single(follower.Receive(follower.Append(3, "0/0", term: 2)).Messages).After);
        Assert.Equal(write, Assert.Single(follower.Receive(follower.Install(3, "4/1", term: 2)).Messages).After);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(9, 1)]
    [InlineData(0, 1)]
    public void A_vote_for_another_candidate_or_from_outside_the_cluster_is_an_error_and_does_not_count(int from, int to)
    {
        CoreHarness candidate = CoreHarness.Candidate("", term: 5);

        Assert.Throws<ArgumentException>(() => candidate.Receive(new RequestVoteReply(S(from), S(to), T(5), T(5), true)));
        Assert.Throws<ArgumentException>(() => candidate.Receive(new RequestVoteReply(S(from), S(to), T(9), T(9), true)));

        Assert.Equal((Role.Candidate, T(5)), (candidate.Core.Role, candidate.Core.CurrentTerm));
        Assert.Equal([S(1)], candidate.Core.VotesReceived);
    }

    [Fact]
    public void A_message_of_an_unknown_kind_is_an_error()
    {
        CoreHarness server = CoreHarness.Follower("", term: 1);

        Assert.Throws<ArgumentException>(() => server.Receive(new UnknownMessage(S(2), S(1), T(1))));
    }

    private static (string Log, LogIndex Commit, ServerId Vote, ServerId Leader) State(CoreHarness server) =>
        (server.LogText, server.Core.CommitIndex, server.Core.VotedFor, server.Core.LeaderId);

    private static CoreHarness InTerm4(Role role)
    {
        CoreHarness server = role switch
        {
            Role.Leader => CoreHarness.Leader("1 2", term: 4),
            Role.Candidate => CoreHarness.Candidate("1 2", term: 4),
            _ => CoreHarness.Follower("1 2", term: 4, votedFor: 3),
        };
        server.Events.Clear();
        return server;
    }

    private static Message MessageOf(CoreHarness server, string kind, long term) => kind switch
    {
        "ask vote" => server.AskVote(2, term, "9/3"),
        "vote" => server.Vote(2, term: term),
        "refused vote" => server.Vote(2, granted: false, term: term),
        "append" => server.Append(2, "1/1", "3", commit: 2, term: term),
        "appended" => server.Appended(2, match: 2, term: term),
        "refused" => server.Refused(2, prev: 2, conflictTerm: 1, conflictIndex: 1, last: 2, term: term),
        "snapshot" => server.Install(2, "5/3", term: term),
        _ => server.Installed(2, 2, term: term),
    };

    private sealed record UnknownMessage(ServerId From, ServerId To, Term Term) : Message(From, To, Term);
}
