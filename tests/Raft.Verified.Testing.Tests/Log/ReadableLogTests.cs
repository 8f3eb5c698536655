using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;
using Raft.Verified.Testing.Log;
using Xunit;

namespace Raft.Verified.Tests.Testing;

/// <summary>The readable log, line by line.</summary>
public sealed class ReadableLogTests
{
    private static readonly ServerId S1 = new(1);

    private static readonly ServerId S2 = new(2);

    [Fact]
    public void An_election_and_a_commit_read_like_this() => Assert.Equal(
        """
          step     time   S1                             S2                       clients and network
             1    0.010 | UP t0 []
             2    0.020 |                              | UP t0 [1-2/1]
             4    0.030 | election timer               |
             5    0.040 | t1                           |
                        | t1 vote S1                   |
                        ? t1 CANDIDATE                 |
                        ? ->S2 Vote? last 0/0          |
             6    0.050 ?                              | <-S1 Vote? t1 last 0/0
                        ?                              | t1
                        ?                              | ->S1 Vote yes
                        # t1 LEADER                    |
             7    0.060 #                              |                          c1#1 called
             8    0.070 # + 1/1 [1/1]                  |
                        # ->S2 Append 0/0 +1/1 c0      |
                        # ->S2 LOST Append 0/0 +1/1 c0 |
             9    0.080 #                              |                          partition S1 | S2
            10    0.090 #                              | x from 2 [1/1]
            11    0.100 # commit 1 [1/1]               |
                        # apply 1/1                    |
                        # compact [s1/1]               |
            12    0.110 # refuse: not leader, S2 is    |
            13    0.120 #                                CRASH

        """,
        Play(new LogFormat()));

    [Fact]
    public void Only_the_chosen_topics_are_shown_and_servers_with_events_of_theirs() => Assert.Equal(
        """
          step     time   S1
            11    0.100 # commit 1 [1/1]
                        # apply 1/1
                        # compact [s1/1]

        """,
        Play(new LogFormat { Topics = LogTopic.Commit | LogTopic.Snap }));

    [Fact]
    public void Without_columns_the_server_stands_in_front_and_nothing_is_cut() => Assert.Equal(
        """
          step     time where
             5    0.040 S1   ? ->S2 Vote? last 0/0
             6    0.050 S2   | <-S1 Vote? t1 last 0/0
                        S2   | ->S1 Vote yes
             7    0.060        c1#1 called
             8    0.070 S1   # ->S2 Append 0/0 +1/1 c0
                        S1   # ->S2 LOST Append 0/0 +1/1 c0
            12    0.110 S1   # refuse: not leader, S2 is

        """,
        Play(new LogFormat { Topics = LogTopic.Msg | LogTopic.Client, Columns = false, Width = 20 }));

    [Fact]
    public void On_a_terminal_columns_share_its_width_and_long_texts_continue_in_the_next_line() => Assert.Equal(
        """
          step     time   S1                   S2
             5    0.040 ? ->S2 Vote? last    |
                        ?   0/0              |
             6    0.050 ?                    | <-S1 Vote? t1
                        ?                    |   last 0/0
                        ?                    | ->S1 Vote yes
             8    0.070 # ->S2 Append 0/0    |
                        #   +1/1 c0          |
                        # ->S2 LOST Append   |
                        #   0/0 +1/1 c0      |

        """,
        Play(Terminal(54)));

    [Fact]
    public void On_a_narrower_terminal_the_time_is_left_out_before_anything_else() => Assert.Equal(
        """
          step   S1                  S2
             5 ? ->S2 Vote? last   |
               ?   0/0             |
             6 ?                   | <-S1 Vote? t1
               ?                   |   last 0/0
               ?                   | ->S1 Vote yes
             8 # ->S2 Append 0/0   |
               #   +1/1 c0         |
               # ->S2 LOST Append  |
               #   0/0 +1/1 c0     |

        """,
        Play(Terminal(44)));

    [Fact]
    public void Where_columns_do_not_fit_each_line_names_its_server() => Assert.Equal(
        """
          step     time where
             5    0.040 S1   ? ->S2 Vote? last
                           0/0
             6    0.050 S2   | <-S1 Vote? t1
                           last 0/0
                        S2   | ->S1 Vote yes
             8    0.070 S1   # ->S2 Append 0/0
                           +1/1 c0
                        S1   # ->S2 LOST
                           Append 0/0 +1/1 c0

        """,
        Play(Terminal(38)));

    [Fact]
    public void Columns_that_the_user_asks_for_are_there_even_if_they_do_not_fit()
    {
        Assert.StartsWith("  step   S1               S2\n", Play(Terminal(20) with { Columns = true }));
        Assert.StartsWith("  step     time where\n", Play(Terminal(20)));
    }

    [Fact]
    public void A_very_long_log_does_not_wait_for_its_end_and_has_columns_for_all_servers()
    {
        StringWriter text = new();
        ReadableLog log = new(text, 3, new LogFormat { Topics = LogTopic.Timer }) { MaxLines = 2 };
        log.WriteHeading();
        log.Choosing(0, 1, "S1 election timer");
        Assert.Equal("", text.ToString());
        log.Choosing(0, 1, "S1 election timer");
        log.Choosing(0, 1, "S3 heartbeat timer");
        string written = text.ToString().ReplaceLineEndings("\n");
        Assert.Matches("\n  step     time   S1 {31}S2 {31}S3 {31}clients and network\n", written);
        Assert.EndsWith("heartbeat timer\n", written);
        Assert.DoesNotContain("no column", written);
        log.Finish();
        Assert.Equal(written, text.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Five_servers_two_of_which_never_act_have_three_columns_and_the_log_says_so()
    {
        StringWriter text = new();
        ReadableLog log = new(text, 5);
        log.WriteHeading();
        foreach (int server in new[] { 1, 3, 4 })
        {
            log.Choosing(0, 1, $"S{server} election timer");
        }

        log.Finish();
        string written = text.ToString().ReplaceLineEndings("\n");
        Assert.Contains("\nS2 and S5 have no events in this log, and no columns.\n", written);
        Assert.Matches("\n  step     time   S1 +S3 +S4\n", written);
    }

    [Fact]
    public void Colours_are_used_where_they_are_allowed_only()
    {
        string colored = Play(new LogFormat { Topics = LogTopic.Vote, Width = 120, HasColor = true });
        Assert.Contains("\e[32m#\e[0m \e[32mt1 LEADER\e[0m", colored);
        Assert.DoesNotContain('\e', Play(new LogFormat { Topics = LogTopic.Vote, Width = 120 }));
    }

    [Fact]
    public void Control_characters_from_a_file_do_not_reach_the_terminal()
    {
        StringWriter text = new();
        ReadableLog log = new(text, 2, new LogFormat());
        log.OnEvent(new RaftEvent { Kind = RaftEventKind.Environment, Server = ServerId.None, Subject = "a\e[2Jb\nc" });
        log.Finish();
        Assert.EndsWith("a [2Jb c\n", text.ToString());
    }

    [Fact]
    public void Messages_of_another_term_than_the_servers_own_say_so()
    {
        Assert.Contains("<-S2 Append ok t3 7", Line(new AppendEntriesReply(S2, S1, new Term(3), new Term(3), true, new LogIndex(6), new LogIndex(7), default, default, default)));
        Assert.Contains("<-S2 Append ok 7", Line(new AppendEntriesReply(S2, S1, new Term(2), new Term(2), true, new LogIndex(6), new LogIndex(7), default, default, default)));
        Assert.Contains(
            "<-S2 Append no 6 conflict 4/1 last 5\n",
            Line(new AppendEntriesReply(S2, S1, new Term(2), new Term(2), false, new LogIndex(6), default, new Term(1), new LogIndex(4), new LogIndex(5))));
        Assert.Contains("<-S2 Snap s8/2 @64+3 done", Line(new InstallSnapshot(S2, S1, new Term(2), new LogIndex(8), new Term(2), 64, new byte[3], true)));
        Assert.Contains("<-S2 Snap ok s8", Line(new InstallSnapshotReply(S2, S1, new Term(2), new Term(2), new LogIndex(8), 67, true)));
        Assert.Contains("<-S2 Snap next @64 s8", Line(new InstallSnapshotReply(S2, S1, new Term(2), new Term(2), new LogIndex(8), 64, false)));
        Assert.Contains("<-S2 Vote no t3", Line(new RequestVoteReply(S2, S1, new Term(3), new Term(2), false)));
    }

    private static LogFormat Terminal(int width) => new() { Topics = LogTopic.Msg, Width = width };

    private static string Line(Message message)
    {
        StringWriter text = new();
        ReadableLog log = new(text, 2, new LogFormat { Topics = LogTopic.Msg });
        log.OnEvent(new RaftEvent { Kind = RaftEventKind.MessageReceived, Server = S1, Peer = S2, Term = new Term(2), Subject = message });
        log.Finish();
        return text.ToString();
    }

    private static string Play(LogFormat format)
    {
        TimeSpan now = TimeSpan.Zero;
        Term t1 = new(1);
        LogIndex first = new(1);
        LogEntry entry = new(t1, first, EntryKind.Command, default);
        LogEntry second = new(t1, new LogIndex(2), EntryKind.Command, default);
        RequestVote ask = new(S1, S2, t1, LogIndex.Zero, Term.Zero);
        AppendEntries append = new(S1, S2, t1, LogIndex.Zero, Term.Zero, new[] { entry }, LogIndex.Zero);
        StringWriter text = new();
        ReadableLog log = new(text, 2, format);
        log.WriteHeading();
        Step("scenario runs Start");
        On(new RaftEvent { Kind = RaftEventKind.Started, Server = S1, Subject = DurableState.Empty });
        Step("S2 runs Start");
        On(new RaftEvent { Kind = RaftEventKind.Started, Server = S2, Subject = new DurableState(Term.Zero, ServerId.None, null, [entry, second]) });
        log.Drew(1, 2, "latency", 0);
        Step("S1 election timer");
        Step("S1 runs Main");
        On(new RaftEvent { Kind = RaftEventKind.TermAdvanced, Server = S1, Term = t1 });
        On(new RaftEvent { Kind = RaftEventKind.Voted, Server = S1, Term = t1, Peer = S1 });
        On(new RaftEvent { Kind = RaftEventKind.RoleChanged, Server = S1, Term = t1, Role = Role.Candidate });
        On(new RaftEvent { Kind = RaftEventKind.MessageSent, Server = S1, Term = t1, Peer = S2, Subject = ask });
        Step("S2 runs Main");
        On(new RaftEvent { Kind = RaftEventKind.MessageReceived, Server = S2, Peer = S1, Subject = ask });
        On(new RaftEvent { Kind = RaftEventKind.TermAdvanced, Server = S2, Term = t1 });
        On(new RaftEvent { Kind = RaftEventKind.MessageSent, Server = S2, Term = t1, Peer = S1, Subject = new RequestVoteReply(S2, S1, t1, t1, true) });
        On(new RaftEvent { Kind = RaftEventKind.RoleChanged, Server = S1, Term = t1, Role = Role.Leader });
        Step("client 1 runs Execute");
        On(new RaftEvent { Kind = RaftEventKind.ClientCalled, Server = ServerId.None, Subject = new ClientOperation(1, 1, default) });
        Step("S1 runs Main");
        On(new RaftEvent { Kind = RaftEventKind.EntryAppended, Server = S1, Term = t1, Index = first, OtherTerm = t1, Subject = entry });
        On(new RaftEvent { Kind = RaftEventKind.DiskAppended, Server = S1, Index = first, OtherTerm = t1, Subject = entry });
        On(new RaftEvent { Kind = RaftEventKind.MessageSent, Server = S1, Term = t1, Peer = S2, Subject = append });
        On(new RaftEvent { Kind = RaftEventKind.MessageLost, Server = S1, Term = t1, Peer = S2, Subject = append });
        Step("scenario runs Body");
        On(new RaftEvent { Kind = RaftEventKind.Environment, Server = ServerId.None, Subject = "partition S1 | S2" });
        Step("S2 runs Main");
        On(new RaftEvent { Kind = RaftEventKind.LogTruncated, Server = S2, Term = t1, Index = new LogIndex(2), OtherIndex = new LogIndex(2) });
        Step("S1 runs Main");
        On(new RaftEvent { Kind = RaftEventKind.CommitAdvanced, Server = S1, Term = t1, Index = first });
        On(new RaftEvent { Kind = RaftEventKind.Applied, Server = S1, Term = t1, Index = first, OtherTerm = t1, Subject = entry });
        On(new RaftEvent { Kind = RaftEventKind.LogCompacted, Server = S1, Term = t1, Index = first, OtherTerm = t1, Subject = new Snapshot(first, t1, default) });
        Step("S1 runs Main");
        On(new RaftEvent { Kind = RaftEventKind.ProposalRefused, Server = S1, Term = t1, Subject = new ProposalRefusedException(ProposalRefusalReason.NotLeader, S2, LogIndex.Zero) });
        Step("scenario runs Body");
        On(new RaftEvent { Kind = RaftEventKind.Crashed, Server = S2 });
        log.Finish();
        return string.Join('\n', text.ToString().ReplaceLineEndings("\n").Split('\n').SkipWhile(line => !line.Contains("  step ", StringComparison.Ordinal)));

        void Step(string label)
        {
            log.TimeIs(now += TimeSpan.FromMilliseconds(10));
            log.Choosing(0, 1, label);
        }

        void On(RaftEvent raftEvent) => log.OnEvent(in raftEvent);
    }
}
