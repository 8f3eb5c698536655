using Raft.Verified.Scenarios.Lab;
using Xunit;

namespace Raft.Verified.Tests.Lab;

/// <summary>The checks on what comes out of the log.</summary>
public sealed class LabRecordsTests
{
    private readonly LabRecords _records = new(servers: 3);

    [Fact]
    public void Servers_that_apply_the_same_are_right()
    {
        Assert.Null(_records.Apply(0, 1, LabCommand.Of(10)));
        Assert.Null(_records.Apply(0, 2, LabCommand.Of(20)));
        Assert.Null(_records.Apply(1, 1, LabCommand.Of(10)));
        (int count, ReadOnlyMemory<byte> command, string? wrong) = _records.Committed(1);
        Assert.Equal((2, "10", null), (count, LabCommand.Describe(command), wrong));
        Assert.Equal(1, _records.Committed(2).Count);
        Assert.Equal(0, _records.Committed(3).Count);
    }

    [Fact]
    public void Another_command_at_the_same_index_is_wrong_also_when_the_other_server_is_long_dead()
    {
        _records.Apply(0, 1, LabCommand.Of(10));
        _records.BeginLife(0);
        Assert.Equal("commit index 1: S3 applied 11, S1 10", _records.Apply(2, 1, LabCommand.Of(11)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Anything_but_the_next_index_is_out_of_order(long index)
    {
        _records.Apply(0, 1, LabCommand.Of(10));
        Assert.Equal($"S1 applied index {index} out of order; expected 2", _records.Apply(0, index, LabCommand.Of(10)));
    }

    [Fact]
    public void A_new_life_applies_everything_again()
    {
        _records.Apply(0, 1, LabCommand.Of(10));
        _records.BeginLife(0);
        Assert.Null(_records.Apply(0, 1, LabCommand.Of(10)));
        Assert.Equal(1, _records.Committed(1).Count);
    }

    [Fact]
    public void A_snapshot_replaces_the_record_and_the_next_command_follows_it()
    {
        Assert.Null(_records.Restore(0, 2, LabHistory.Write([LabCommand.Of(10), LabCommand.Of(20)])));
        Assert.Equal("20", LabCommand.Describe(_records.Committed(2).Command));
        Assert.NotNull(_records.Apply(0, 1, LabCommand.Of(10)));
        Assert.Null(_records.Apply(0, 3, LabCommand.Of(30)));
        Assert.Equal(LabHistory.Write([LabCommand.Of(10), LabCommand.Of(20), LabCommand.Of(30)]).ToArray(), LabHistory.Write(_records.Commands(0, 3)).ToArray());
    }

    [Fact]
    public void A_snapshot_that_differs_from_what_another_server_applied_shows_when_it_is_looked_for()
    {
        _records.Apply(1, 1, LabCommand.Of(10));
        Assert.Null(_records.Restore(0, 1, LabHistory.Write([LabCommand.Of(11)])));
        Assert.Equal("committed values do not match: index 1, 11 and 10", _records.Committed(1).Wrong);
    }

    [Fact]
    public void A_snapshot_that_goes_back_or_is_of_another_index_is_wrong()
    {
        ReadOnlyMemory<byte> one = LabHistory.Write([LabCommand.Of(10)]);
        _records.Apply(0, 1, LabCommand.Of(10));
        _records.Apply(0, 2, LabCommand.Of(20));
        Assert.Equal("S1 was taken back from index 2 to a snapshot through 1", _records.Restore(0, 1, one));
        Assert.Equal("S2 was given a snapshot through 2 that holds commands through 1", _records.Restore(1, 2, one));
    }

    [Fact]
    public void What_is_no_snapshot_is_wrong()
    {
        byte[] whole = LabHistory.Write([LabCommand.Of(10), LabCommand.RandomString(5000, seed: 1)]).ToArray();
        Assert.Equal(2, LabHistory.Read(whole)?.Count);
        Assert.Equal("S1 was given a snapshot through 2 that is none", _records.Restore(0, 2, default));
        for (int length = 0; length < whole.Length; length += 7)
        {
            Assert.Null(LabHistory.Read(whole.AsMemory(0, length)));
        }
    }
}
