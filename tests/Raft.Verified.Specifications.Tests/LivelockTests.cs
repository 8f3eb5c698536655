using Raft.Verified.Protocol;
using Raft.Verified.Specifications;
using Raft.Verified.Specifications.Evidence;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>Work that repeats itself without progress, and work that merely repeats itself. S1 leads term 2.</summary>
public sealed class LivelockTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);
    private readonly EventScript _script = new("NoFault");
    private readonly Livelock _livelock = new(3, TimeSpan.FromMilliseconds(150));
    private TimeSpan _now;
    private string? _found;

    public LivelockTests()
    {
        Tell(() => _script.Lead(1, 2).Append(1, Entry(1, 2)));
        _livelock.FaultsAreOver(_now);
    }

    [Fact]
    public void The_same_refusal_again_and_again_is_one()
    {
        Repeat(() => _script.Receive(Probe(3, 4)).Receive(Refusal(3)));
        Finds("S1, leader of term 2, and S2 repeat their messages", "Append t2 after 3/2", "Append refused t2 after 3", "S2 stays at last index 0, commit index 0");
    }

    [Fact]
    public void So_is_one_of_what_begins_at_the_first_entry()
    {
        Repeat(() => _script.Receive(Probe(0, 1)).Receive(Refusal(0)));
        Finds("S1, leader of term 2, and S2 repeat their messages");
    }

    [Fact]
    public void The_same_entries_acknowledged_again_and_again_are_one()
    {
        Repeat(() => _script.Receive(Probe(0, 1)).Receive(Success(0, 1)));
        Finds("S1, leader of term 2, and S2", "Appended t2 match 1");
    }

    [Fact]
    public void The_same_chunk_again_and_again_is_one()
    {
        Repeat(() => _script.Receive(Chunk(0)).Receive(ChunkReply(4, 0, installed: false)));
        Finds("S1, leader of term 2, and S2", "last index 0");
    }

    [Fact]
    public void An_installed_snapshot_sent_again_and_again_is_one()
    {
        Repeat(() => _script.Receive(Chunk(0)).Receive(ChunkReply(4, 8, installed: true)));
        Finds("S1, leader of term 2, and S2");
    }

    [Fact]
    public void Whole_transfers_again_and_again_are_one()
    {
        Repeat(() => _script.Receive(ChunkReply(4, 8, false)).Receive(ChunkReply(4, 16, false)).Receive(ChunkReply(4, 0, false)));
        Finds("S1, leader of term 2, and S2");
    }

    [Fact]
    public void Entries_deleted_and_appended_again_are_no_progress()
    {
        Repeat(() => _script.Append(2, Entry(1, 2)).Receive(Success(0, 1)).Truncate(2, 1));
        Finds("S1, leader of term 2, and S2");
    }

    [Fact]
    public void Heartbeats_that_a_follower_agrees_with_are_none()
    {
        Repeat(() => _script.Receive(Probe(1, 1)).Receive(Success(1, 1)));
        FindsNothing();
    }

    [Fact]
    public void Acknowledging_more_refusing_less_or_gathering_more_is_progress()
    {
        long n = 0;
        Repeat(() => _script.Receive(Success(n, ++n)));
        long prev = 1000;
        Repeat(() => _script.Receive(Refusal(--prev)));
        int offset = 0;
        Repeat(() => _script.Receive(ChunkReply(4, offset += 8, installed: false)));
        long snapshot = 2000;
        Repeat(() => _script.Receive(ChunkReply(++snapshot, 8, installed: true)));
        FindsNothing();
    }

    [Fact]
    public void A_follower_that_gets_on_is_in_none()
    {
        long index = 0;
        Repeat(() => _script.Append(2, Entry(++index, 2)).Receive(Refusal(3)));
        Repeat(() => _script.Commit(2, index).Receive(Refusal(3)));
        FindsNothing();
    }

    [Fact]
    public void Answers_to_requests_of_an_older_term_are_none()
    {
        Repeat(() => _script.Receive(Refusal(3) with { RequestTerm = new Term(1) }).Receive(ChunkReply(4, 0, false) with { RequestTerm = new Term(1) }));
        FindsNothing();
    }

    [Fact]
    public void A_burst_of_late_answers_is_none()
    {
        for (int i = 0; i < 100; i++)
        {
            Tell(() => _script.Receive(Refusal(3)));
        }

        Assert.Null(_found);

        // But a run that ends by its number of steps says that this was what went round.
        Assert.Contains("99 answers in 0 s", _livelock.Find(_script.View, _now), StringComparison.Ordinal);
    }

    [Fact]
    public void What_repeats_itself_among_faults_is_none()
    {
        Livelock livelock = new(3, TimeSpan.FromMilliseconds(150));
        Repeat(() => _script.Receive(Refusal(3)), livelock);
        Assert.Null(_found);
    }

    [Fact]
    public void A_thousand_repetitions_are_one_even_among_faults()
    {
        Livelock livelock = new(3, TimeSpan.FromMilliseconds(150));
        for (int i = 0; i <= Livelock.MaxRepetitions; i++)
        {
            Assert.Null(_found);
            Tell(() => _script.Receive(Refusal(3)), livelock);
        }

        Assert.Contains("1000 answers in 0 s", _found, StringComparison.Ordinal);
    }

    [Fact]
    public void Elections_faster_than_any_timer_are_one()
    {
        long term = 3;
        for (int i = 0; i < 30; i++)
        {
            _now += TimeSpan.FromMilliseconds(10);
            Tell(() => _script.Term(3, term).Vote(3, term++, 3));
        }

        Assert.Contains("S3 stands for election repeatedly", _found, StringComparison.Ordinal);
        Assert.Contains("150 ms", _found, StringComparison.Ordinal);
        Assert.Contains("S3 stands", _livelock.Find(_script.View, _now), StringComparison.Ordinal);
    }

    [Fact]
    public void Elections_that_timers_explain_or_that_a_leader_ends_are_none()
    {
        long term = 3;
        for (int i = 0; i < 100; i++)
        {
            _now += TimeSpan.FromMilliseconds(150);
            Tell(() => _script.Term(3, term).Vote(3, term++, 3));
        }

        for (int i = 0; i < 10; i++)
        {
            _now += TimeSpan.FromMilliseconds(10);
            Tell(() => _script.Term(3, term).Vote(3, term, 3).Become(Role.Leader, 3, term++));
        }

        FindsNothing();
    }

    [Fact]
    public void Leader_after_leader_is_one()
    {
        long term = 3;
        for (int i = 0; i < Livelock.MinLeaders; i++)
        {
            Assert.Null(_found);
            _now += TimeSpan.FromMilliseconds(300);
            Tell(() => _script.Lead(1 + (i % 3), term++));
        }

        Assert.Contains("elections follow each other: 16 leaders in the 4.8 s since the faults ended", _found, StringComparison.Ordinal);
        Assert.Contains("16 leaders", _livelock.Find(_script.View, _now), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_evidence_is_the_last_advance_and_the_two_last_answers()
    {
        EventScript script = new EventScript("NoFault").Lead(1, 2).Append(2, Entry(1, 2)).Receive(Refusal(3)).Receive(Probe(3, 4)).Receive(Refusal(3));
        Assert.Equal(
            ["S1 RoleChanged", "S2 EntryAppended", "S1 MessageReceived", "S2 MessageReceived", "S1 MessageReceived"],
            Evidence(script));
    }

    [Fact]
    public void The_evidence_of_a_storm_is_the_two_last_elections()
    {
        EventScript script = new EventScript("NoFault").Receive(Refusal(3)).Term(3, 3).Vote(3, 3, 3).Term(3, 4).Vote(3, 4, 3);
        Assert.Equal(["S3 Voted", "S3 Voted"], Evidence(script));
    }

    private static List<string> Evidence(EventScript script) =>
        [.. ViolationEvidence.Of("Livelock", script.Events, script.Events.Count - 1).Select(point => $"{script.Events[point.Event].Server} {script.Events[point.Event].Kind}")];

    // For five seconds, every 50 ms.
    private void Repeat(Action round, Livelock? livelock = null)
    {
        for (int i = 0; i < 100; i++)
        {
            _now += TimeSpan.FromMilliseconds(50);
            Tell(round, livelock);
        }
    }

    private void Tell(Action what, Livelock? livelock = null)
    {
        int before = _script.Events.Count;
        what();
        for (int i = before; i < _script.Events.Count; i++)
        {
            RaftEvent e = _script.Events[i];
            _found ??= (livelock ?? _livelock).OnEvent(in e, _script.View, _now);
        }
    }

    private void Finds(params string[] facts)
    {
        Assert.NotNull(_found);
        Assert.All(facts, fact => Assert.Contains(fact, _found, StringComparison.Ordinal));
        Assert.NotNull(_livelock.Find(_script.View, _now));
    }

    private void FindsNothing()
    {
        Assert.Null(_found);
        Assert.Null(_livelock.Find(_script.View, _now));
    }

    private static AppendEntries Probe(long prev, long last)
    {
        List<LogEntry> entries = [];
        for (long i = prev + 1; i <= last; i++)
        {
            entries.Add(Entry(i, 2));
        }

        return new AppendEntries(S1, S2, new(2), new(prev), new(2), entries.ToArray(), default);
    }

    private static AppendEntriesReply Refusal(long prev) => new(S2, S1, new(2), new(2), false, new(prev), default, default, new(1), default);

    private static AppendEntriesReply Success(long prev, long match) => new(S2, S1, new(2), new(2), true, new(prev), new(match), default, default, default);

    private static InstallSnapshot Chunk(int offset) => new(S1, S2, new(2), new(4), new(2), offset, new byte[8], true);

    private static InstallSnapshotReply ChunkReply(long index, int next, bool installed) => new(S2, S1, new(2), new(2), new(index), next, installed);
}
