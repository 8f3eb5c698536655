using Raft.Verified.Protocol;
using Raft.Verified.Simulation.Scripts;
using Xunit;

namespace Raft.Verified.Tests.Directed;

/// <summary>The script language itself: what it does between the lines, and what it says of a line that cannot be done.</summary>
public sealed class ScriptTests : Script
{
    [Fact]
    public void Nothing_happens_but_what_the_script_says()
    {
        S1.TimesOut();

        Assert.Equal([S1 >> S2, S1 >> S3], Sent.Select(message => new Link(message.From, message.To)));
        Assert.Equal([(Role.Candidate, 1L), (Role.Follower, 0L), (Role.Follower, 0L)], Servers.Select(server => (server.Role, server.Term)));
        Assert.Single(HeldOn(S1 >> S2));
        Assert.Empty(HeldOn(S2 >> S1));
    }

    [Fact]
    public void A_script_is_one_deterministic_run()
    {
        Assert.Equal(HashOfARun("x"), HashOfARun("x"));
        Assert.NotEqual(HashOfARun("x"), HashOfARun("y"));
    }

    [Fact]
    public void A_line_for_a_message_that_is_not_held_says_what_is()
    {
        S1.TimesOut();
        RequestVote aside = Hold(S1 >> S2, VoteRequest);

        ScriptException refusal = Assert.Throws<ScriptException>(() => Deliver(S1 >> S2, Append, line: 17));

        Assert.Equal(
            "line 17: Deliver(S1 >> S2, append) cannot be done: no such message is held. "
            + $"Held are: S1 >> S2 {aside} (set aside); S1 >> S3 RequestVote t1 last 0/0",
            refusal.Message);
        Assert.StartsWith("line 18: Hold(S1 >> S2, vote request of term 9) cannot be done: no such", Message(() =>
            Hold(S1 >> S2, VoteRequest.Where("of term 9", request => request.Term == new Term(9)), line: 18)));
        Assert.Contains("it is not held any more", Message(() =>
        {
            Deliver(aside);
            Deliver(aside);
        }));
    }

    [Fact]
    public void A_line_for_a_server_that_cannot_do_it_says_why()
    {
        Elect(S1, S2);
        Assert.Contains(
            "line 3: S1.TimesOut() cannot be done: its election timer is not set; it has heartbeat timer, due at 1050 ms.",
            Message(() => S1.TimesOut(line: 3)));
        Assert.Contains(
            "S2.SendsHeartbeats() cannot be done: its heartbeat timer is not set; it has election timer, due at 2000 ms.", Message(() => S2.SendsHeartbeats()));
        Assert.Contains("S2.Flushes() cannot be done: no flush is on its way. Held are: S1 >> S3 RequestVote", Message(() => S2.Flushes()));
        Assert.Contains("S2.ReleasesApply() cannot be done: the state machine is not held", Message(() => S2.ReleasesApply()));
        Assert.Contains("S2.Restarts() cannot be done: S2 is up", Message(() => S2.Restarts()));
        Assert.Contains("S2 is no leader in term 1: it knows nothing of S3", Message(() => S2.MatchOf(S3)));
        S3.Crashes();
        Assert.Contains("cannot be done: S3 is down", Message(() => S3.Crashes()));
        Assert.Contains("cannot be done: S3 is down", Message(() => Deliver(S1 >> S3, VoteRequest)));
        Assert.Contains("S3 is down", Message(() => S3.Term.ToString()));
    }

    [Fact]
    public void An_election_that_is_lost_is_an_error_of_the_line()
    {
        S2.TimesOut();
        Deliver(S2 >> S3, VoteRequest);

        Assert.Contains("line 7: Elect(S1, S3) cannot be done: S1 is a Candidate of term 1", Message(() => Elect(S1, S3, line: 7)));
    }

    [Fact]
    public void What_a_monitor_finds_is_an_error_of_the_line()
    {
        Elect(S1, S3);
        DropAll();

        LogEntry[] entries = [new(new Term(1), new LogIndex(1), EntryKind.Empty, default)];
        AppendEntries madeUp = new(S1.Id, S2.Id, new Term(1), LogIndex.Zero, Term.Zero, entries, new LogIndex(1));
        string message = Message(() => DeliverUnsent(madeUp, line: 12));

        Assert.StartsWith("line 12: Deliver(S1 >> S2, Append t1 after 0/0 [1/1] commit 1): CommittedOnQuorumOfDisks: ", message);
    }

    [Fact]
    public void What_is_set_aside_is_neither_delivered_with_the_rest_nor_lost_with_it()
    {
        S1.TimesOut();
        RequestVote aside = Hold(S1 >> S2, VoteRequest);
        DeliverAll(S1, S2);
        DropAll();
        Assert.Equal(0, S2.Term);

        Deliver(aside);

        Assert.Equal(1, S2.Term);
    }

    [Fact]
    public void What_is_sent_on_a_cut_link_is_lost_and_what_was_sent_before_is_not()
    {
        S1.TimesOut();
        Cut(S3);
        S2.TimesOut();
        Assert.Single(HeldOn(S1 >> S3));
        Assert.Empty(HeldOn(S2 >> S3));

        Connect(S2, S3);
        S2.TimesOut();
        S1.TimesOut();

        Assert.Single(HeldOn(S2 >> S3));
        Assert.Single(HeldOn(S1 >> S3));
    }

    [Fact]
    public void Time_passes_as_far_as_it_is_told_and_runs_out_what_is_due()
    {
        S1.Draws(300, 150);
        Pass(299);
        Assert.Empty(Sent);
        Pass(1);
        Assert.Equal(1, S1.Term);
        Pass(200);

        Assert.Equal((2L, TimeSpan.FromMilliseconds(500)), (S1.Term, Now));
    }

    [Fact]
    public void A_crash_leaves_as_many_parts_of_a_write_as_it_is_told()
    {
        S1.HoldsDisk();
        S1.TimesOut();
        S1.Crashes(survivingParts: 1);
        S1.Restarts();
        Assert.Equal((1L, S1.Id), (S1.Term, S1.VotedFor));

        S1.TimesOut();
        S1.Crashes(survivingParts: 0);
        S1.Restarts();

        Assert.Equal(1, S1.Term);
    }

    private static string Message(Action line) => Assert.Throws<ScriptException>(line).Message;

    private static ulong HashOfARun(string command)
    {
        Script script = new();
        script.Elect(script.S1, script.S2);
        script.S1.Propose(command);
        script.DeliverAll(script.S1, script.S2, script.S3);
        script.S2.Crashes();
        script.S2.Restarts();
        script.Pass(2500);
        return script.EventHash;
    }
}
