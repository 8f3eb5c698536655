using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Simulation.Coverage;
using Xunit;

namespace Raft.Verified.Tests.Coverage;

/// <summary>The cell in which each event is counted.</summary>
public sealed class CoverageTableTests
{
    private static readonly ServerId S1 = new(1);

    private static readonly ServerId S2 = new(2);

    [Fact]
    public void Events_are_counted_by_the_role_that_they_strike()
    {
        CoverageTable events = Table("roles and events", new CoverageScript().StartAll(1, 2, 3).Lead(1, 1).Append(1, 1, 1).On(RaftEventKind.Crashed, 1));

        Assert.Equal(3, Cell(events, "down", "starts"));
        Assert.Equal(1, Cell(events, "follower", "newer term"));
        Assert.Equal(1, Cell(events, "follower", "becomes candidate"));
        Assert.Equal(1, Cell(events, "candidate", "becomes leader"));
        Assert.Equal(1, Cell(events, "leader", "entry appended"));
        Assert.Equal(1, Cell(events, "leader", "crashes"));
        Assert.Equal(0, Cell(events, "follower", "crashes"));
        Assert.Equal(10, events.Counts.Sum());
    }

    [Fact]
    public void Messages_are_counted_by_what_became_of_them()
    {
        RequestVote first = new(S1, S2, new Term(1), default, default);
        RequestVoteReply refused = new(S2, S1, new Term(2), new Term(1), false);
        CoverageTable messages = Table("messages and outcomes", new CoverageScript().StartAll(1, 2, 3)
            .On(RaftEventKind.MessageSent, 1, 1, peer: 2, subject: first)
            .On(RaftEventKind.MessageDuplicated, 1, 1, peer: 2, subject: first)
            .On(RaftEventKind.MessageLost, 1, 1, peer: 2, subject: first)
            .Receive(first)
            .On(RaftEventKind.TermAdvanced, 2, 1).Receive(first)
            .On(RaftEventKind.TermAdvanced, 2, 2).Receive(first)
            .Candidate(1, 2).Receive(refused));

        Assert.Equal([1, 1, 1, 3, 1, 1, 1, 0, 3, 0, 0], Row(messages, "vote request"));
        Assert.Equal([0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0], Row(messages, "vote refused"));
        Assert.Equal(0, Row(messages, "vote granted").Sum());
    }

    [Fact]
    public void Every_kind_of_message_has_a_row_of_its_own()
    {
        Message[] all =
        [
            new RequestVote(S1, S2, default, default, default),
            new RequestVoteReply(S1, S2, default, default, true),
            new RequestVoteReply(S1, S2, default, default, false),
            new AppendEntries(S1, S2, default, default, default, default, default),
            new AppendEntries(S1, S2, default, default, default, new[] { new LogEntry(default, new LogIndex(1), EntryKind.Empty, default) }, default),
            new AppendEntriesReply(S1, S2, default, default, true, default, default, default, default, default),
            new AppendEntriesReply(S1, S2, default, default, false, default, default, default, default, default),
            new InstallSnapshot(S1, S2, default, default, default, 0, default, false),
            new InstallSnapshotReply(S1, S2, default, default, default, 0, false),
            new InstallSnapshotReply(S1, S2, default, default, default, 0, true),
        ];
        CoverageScript script = new CoverageScript().StartAll(1, 2, 3);
        foreach (Message message in all)
        {
            script.Receive(message);
        }

        CoverageTable table = Table("messages and outcomes", script);
        Assert.Equal(all.Length, table.Rows.Count);
        Assert.All(table.Rows, row => Assert.Equal(1, Cell(table, row, "delivered")));
    }

    [Fact]
    public void Faults_are_counted_by_what_was_going_on()
    {
        CoverageTable faults = Table("faults and phases", new CoverageScript().StartAll(1, 2, 3)
            .Act(2, new Paused()).Act(2, new Resumed())
            .Lead(1, 1).Append(1, 1, 1)
            .Act(0, new Partitioned([[new ServerId(1)], [new ServerId(2), new ServerId(3)]]))
            .On(RaftEventKind.Crashed, 1).StartAll(1)
            .Candidate(3, 2).On(RaftEventKind.Crashed, 3)
            .Act(0, new Healed()));

        Assert.Equal(["nobody leads or asks"], Reached(faults, "server pauses"));
        Assert.Equal(["nobody leads or asks"], Reached(faults, "server resumes"));
        Assert.Equal(["a leader has uncommitted entries", "its write is not flushed"], Reached(faults, "links are cut"));
        Assert.Equal(["a leader has uncommitted entries", "its write is not flushed"], Reached(faults, "leader crashes"));
        Assert.Equal(["nobody leads or asks"], Reached(faults, "server restarts"));
        Assert.Equal(["an election is under way"], Reached(faults, "candidate crashes"));
        Assert.Equal(["nobody leads or asks"], Reached(faults, "links are mended"));
        Assert.Empty(Reached(faults, "follower crashes"));
    }

    [Fact]
    public void A_network_that_was_not_cut_is_not_mended()
    {
        CoverageTable faults = Table("faults and phases", new CoverageScript().StartAll(1, 2, 3)
            .Act(0, new Healed()).Act(1, new LinkCut(new ServerId(2))).Act(0, new Healed()).Act(0, new Healed()));

        Assert.Equal(1, Cell(faults, "links are cut", "nobody leads or asks"));
        Assert.Equal(1, Cell(faults, "links are mended", "nobody leads or asks"));
    }

    [Fact]
    public void A_server_that_crashes_between_two_chunks_or_before_the_snapshot_is_on_disk_does_so_while_that_goes_on()
    {
        InstallSnapshot Chunk(bool done) => new(S1, S2, default, new LogIndex(3), default, 0, default, done);
        Snapshot snapshot = new(new LogIndex(3), default, default);
        CoverageScript between = new CoverageScript().StartAll(1, 2, 3).Receive(Chunk(false)).On(RaftEventKind.Crashed, 2);
        CoverageScript installed = new CoverageScript().StartAll(1, 2, 3).Receive(Chunk(false)).Receive(Chunk(true))
            .On(RaftEventKind.SnapshotInstalled, 2, index: 3, otherIndex: 3, subject: snapshot).On(RaftEventKind.Crashed, 2);
        CoverageScript onDisk = new CoverageScript().StartAll(1, 2, 3).Receive(Chunk(true))
            .On(RaftEventKind.SnapshotInstalled, 2, index: 3, otherIndex: 3, subject: snapshot)
            .On(RaftEventKind.DiskSnapshot, 2, index: 3, otherIndex: 3, subject: snapshot).On(RaftEventKind.Crashed, 2);
        CoverageScript compacted = new CoverageScript().StartAll(1, 2, 3)
            .On(RaftEventKind.LogCompacted, 2, index: 3, otherIndex: 3, subject: snapshot).On(RaftEventKind.Crashed, 2);

        Assert.Equal(["nobody leads or asks", "it receives a snapshot"], Reached(Faults(between), "follower crashes"));
        Assert.Equal(["nobody leads or asks", "its write is not flushed", "an installed snapshot is not on disk"], Reached(Faults(installed), "follower crashes"));
        Assert.Equal(["nobody leads or asks"], Reached(Faults(onDisk), "follower crashes"));
        Assert.Equal(["nobody leads or asks", "its write is not flushed", "its own snapshot is not on disk"], Reached(Faults(compacted), "follower crashes"));
    }

    [Fact]
    public void A_gap_is_what_could_have_been_reached_in_a_row_and_a_column_where_something_was()
    {
        CoverageTable table = new("t", "", ["a", "b"], ["x", "y", "z"], [1, 0, 0, 0, 2, 0], [false, false, false, true, false, false]);

        Assert.True(table.IsGap(0, 1));
        Assert.False(table.IsGap(0, 0), "was reached");
        Assert.False(table.IsGap(1, 0), "is impossible");
        Assert.False(table.IsGap(0, 2), "its column has nothing at all");
        Assert.False((table with { Counts = [1, 0, 0, 0, 0, 0] }).IsGap(1, 1), "its row has nothing at all");
    }

    private static CoverageTable Faults(CoverageScript script) => Table("faults and phases", script);

    private static CoverageTable Table(string name, CoverageScript script) => script.Report().Tables().Single(table => table.Name == name);

    private static long[] Row(CoverageTable table, string row) => [.. table.Columns.Select(column => Cell(table, row, column))];

    private static string[] Reached(CoverageTable table, string row) => [.. table.Columns.Where(column => Cell(table, row, column) > 0)];

    private static long Cell(CoverageTable table, string row, string column) =>
        table[table.Rows.ToList().IndexOf(row), table.Columns.ToList().IndexOf(column)];
}
