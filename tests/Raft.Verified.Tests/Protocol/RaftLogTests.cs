using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>The log's shape: contiguous entries behind an optional snapshot.</summary>
public sealed class RaftLogTests
{
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("1 1 2", 3, 2)]
    [InlineData("[4/3]", 4, 3)]
    [InlineData("[4/3] 3 5", 6, 5)]
    public void The_last_entry_is_the_snapshots_when_none_follows_it(string text, long index, long term)
    {
        RaftLog log = NewLog(text);

        Assert.Equal((At(index), T(term)), (log.LastIndex, log.LastTerm));
    }

    [Theory]
    [InlineData("1 2 2", 0, 0)]
    [InlineData("1 2 2", 1, 1)]
    [InlineData("1 2 2", 3, 2)]
    [InlineData("[4/3] 5", 4, 3)]
    [InlineData("[4/3] 5", 5, 5)]
    public void The_log_knows_the_terms_of_its_entries_and_of_the_snapshots_end(string text, long index, long term)
    {
        RaftLog log = NewLog(text);

        Assert.Equal(T(term), log.TermAt(At(index)));
        Assert.True(log.Contains(At(index), T(term)));
        Assert.False(log.Contains(At(index), T(term + 1)));
    }

    [Theory]
    [InlineData("1 2", 3)]
    [InlineData("[4/3] 5", 3)]
    [InlineData("[4/3] 5", 6)]
    public void Outside_of_it_the_log_knows_nothing(string text, long index)
    {
        RaftLog log = NewLog(text);

        Assert.Throws<ArgumentOutOfRangeException>(() => log.TermAt(At(index)));
        Assert.Throws<ArgumentOutOfRangeException>(() => log[At(index)]);
        Assert.False(log.Contains(At(index), T(3)));
    }

    [Fact]
    public void There_is_no_entry_at_the_snapshots_end() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NewLog("[4/3] 5")[At(4)]);

    [Theory]
    [InlineData("1 1", 2)]
    [InlineData("1 1", 4)]
    [InlineData("[4/3]", 4)]
    [InlineData("[4/3]", 6)]
    public void An_entry_must_follow_the_last_one(string text, long index)
    {
        RaftLog log = NewLog(text);

        Assert.Throws<ArgumentException>(() => log.Append(Entry(index, 3)));
        Assert.Equal(text, Text(log));
    }

    [Fact]
    public void A_log_grows_beyond_its_first_array()
    {
        RaftLog log = NewLog(string.Join(' ', Enumerable.Repeat(1, 1000)));

        Assert.Equal(At(1000), log.LastIndex);
        Assert.All(Enumerable.Range(1, 1000), i => Assert.Equal(At(i), log[At(i)].Index));
    }

    [Theory]
    [InlineData("1 2 3", 1, "")]
    [InlineData("1 2 3", 3, "1 2")]
    [InlineData("1 2 3", 4, "1 2 3")]
    [InlineData("1 2 3", 9, "1 2 3")]
    [InlineData("[4/3] 3 5", 5, "[4/3]")]
    [InlineData("[4/3] 3 5", 6, "[4/3] 3")]
    public void Truncating_deletes_from_an_index_on(string text, long from, string after)
    {
        RaftLog log = NewLog(text);

        log.TruncateFrom(At(from));

        Assert.Equal(after, Text(log));
        log.Append(Entry(log.LastIndex.Value + 1, 7));
        Assert.Equal(T(7), log.LastTerm);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void What_is_in_the_snapshot_cannot_be_truncated(long from)
    {
        RaftLog log = NewLog("[4/3] 3");

        Assert.Throws<ArgumentOutOfRangeException>(() => log.TruncateFrom(At(from)));
        Assert.Equal("[4/3] 3", Text(log));
    }

    // Figure 13, steps 6 and 7.
    [Theory]
    [InlineData("1 1 2 3", "2/1", "[2/1] 2 3", true)]
    [InlineData("1 1 2 3", "4/3", "[4/3]", true)]
    [InlineData("1 1 2 3", "2/2", "[2/2]", false)]
    [InlineData("1 1 2 3", "3/1", "[3/1]", false)]
    [InlineData("1 1 2 3", "9/3", "[9/3]", false)]
    [InlineData("[4/3] 3 5", "5/3", "[5/3] 5", true)]
    [InlineData("[4/3] 3 5", "4/3", "[4/3] 3 5", true)]
    [InlineData("", "3/1", "[3/1]", false)]
    public void A_snapshot_keeps_the_entries_behind_it_only_when_the_log_contains_its_end(
        string text, string position, string after, bool kept)
    {
        RaftLog log = NewLog(text);
        (LogIndex index, Term term) = Position(position);

        Assert.Equal(kept, log.ReplacePrefix(index, term));
        Assert.Equal(after, Text(log));
    }

    [Theory]
    [InlineData("1 1 2 3", 1, 9, "1/1 2/1 3/2 4/3")]
    [InlineData("1 1 2 3", 2, 2, "2/1 3/2")]
    [InlineData("1 1 2 3", 5, 9, "")]
    [InlineData("1 1 2 3", 2, 0, "")]
    [InlineData("[4/3] 3 5", 5, 9, "5/3 6/5")]
    public void A_slice_holds_so_many_entries_from_an_index_on(string text, long from, int count, string slice) =>
        Assert.Equal(slice, Positions(NewLog(text).Slice(At(from), count)));

    [Fact]
    public void A_slice_is_shared_until_the_log_changes()
    {
        RaftLog log = NewLog("1 1 1");
        ReadOnlyMemory<LogEntry> first = log.Slice(At(2), 9);
        Assert.True(first.Equals(log.Slice(At(2), 9)));
        Assert.Equal("3/1", Positions(log.Slice(At(3), 9)));
        Assert.Equal("2/1", Positions(log.Slice(At(2), 1)));

        log.Append(Entry(4, 2));
        Assert.Equal("2/1 3/1 4/2", Positions(log.Slice(At(2), 9)));
        log.TruncateFrom(At(3));
        log.Append(Entry(3, 5));
        log.Append(Entry(4, 5));
        Assert.Equal("2/1 3/5 4/5", Positions(log.Slice(At(2), 9)));
        log.ReplacePrefix(At(2), T(1));
        Assert.Equal("3/5 4/5", Positions(log.Slice(At(3), 9)));

        Assert.Equal("2/1 3/1", Positions(first));
    }

    [Fact]
    public void A_slice_of_the_old_entries_is_not_taken_for_the_ones_that_replaced_them()
    {
        RaftLog log = NewLog("1 1 1");
        log.Slice(At(2), 9);
        log.TruncateFrom(At(2));
        log.Append(Entry(2, 3));
        log.Append(Entry(3, 3));

        Assert.Equal("2/3 3/3", Positions(log.Slice(At(2), 9)));
    }

    [Theory]
    [InlineData("1 1 2 2 3", 5, 5)]
    [InlineData("1 1 2 2 3", 4, 3)]
    [InlineData("1 1 2 2 3", 3, 3)]
    [InlineData("1 1 2 2 3", 2, 1)]
    [InlineData("[4/3] 3 3", 6, 5)]
    public void The_first_index_of_a_term_lies_behind_the_snapshot(string text, long index, long first) =>
        Assert.Equal(At(first), NewLog(text).FirstIndexOfTermAt(At(index)));

    [Theory]
    [InlineData("1 1 2 2 4", 2, 6, 4L)]
    [InlineData("1 1 2 2 4", 2, 4, 3L)]
    [InlineData("1 1 2 2 4", 2, 3, null)]
    [InlineData("1 1 2 2 4", 1, 5, 2L)]
    [InlineData("1 1 2 2 4", 3, 9, null)]
    [InlineData("1 1 2 2 4", 4, 9, 5L)]
    [InlineData("1 1 2 2 4", 9, 9, null)]
    [InlineData("[4/3] 5", 3, 6, 4L)]
    [InlineData("[4/3] 5", 2, 6, null)]
    [InlineData("[4/3] 5", 3, 4, null)]
    public void The_last_index_of_a_term_before_an_index(string text, long term, long before, long? last) =>
        Assert.Equal(last is { } value ? At(value) : null, NewLog(text).LastIndexOfTerm(T(term), At(before)));
}
