using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Which prefix of the log the own disk holds.</summary>
public sealed class DurabilityTrackerTests
{
    [Fact]
    public void What_the_disk_held_at_the_start_is_durable()
    {
        DurabilityTracker tracker = new(At(7));

        Assert.Equal((At(7), WriteId.None, WriteId.None), (tracker.DurableIndex, tracker.Barrier, tracker.LastCompleted));
    }

    [Fact]
    public void A_write_makes_the_log_durable_when_it_completes()
    {
        DurabilityTracker tracker = new(At(0));
        WriteId first = tracker.Issue(At(2));
        WriteId second = tracker.Issue(At(5));
        Assert.Equal((1L, 2L), (first.Value, second.Value));
        Assert.Equal((At(0), second), (tracker.DurableIndex, tracker.Barrier));

        tracker.Completed(first);
        Assert.Equal((At(2), second, first), (tracker.DurableIndex, tracker.Barrier, tracker.LastCompleted));

        tracker.Completed(second);
        Assert.Equal((At(5), WriteId.None, second), (tracker.DurableIndex, tracker.Barrier, tracker.LastCompleted));
    }

    [Fact]
    public void The_completion_of_a_write_tells_of_all_before_it()
    {
        DurabilityTracker tracker = new(At(0));
        tracker.Issue(At(2));
        WriteId second = tracker.Issue(At(3));
        WriteId third = tracker.Issue(At(9));

        tracker.Completed(second);

        Assert.Equal((At(3), third), (tracker.DurableIndex, tracker.Barrier));
    }

    [Fact]
    public void A_write_does_not_take_durability_back()
    {
        DurabilityTracker tracker = new(At(5));
        WriteId termOnly = tracker.Issue(At(3));

        tracker.Completed(termOnly);

        Assert.Equal(At(5), tracker.DurableIndex);
    }

    [Fact]
    public void A_completion_that_is_told_twice_changes_nothing()
    {
        DurabilityTracker tracker = new(At(0));
        WriteId first = tracker.Issue(At(2));
        tracker.Completed(first);
        tracker.Truncated(At(2));

        tracker.Completed(first);

        Assert.Equal(At(1), tracker.DurableIndex);
    }

    [Fact]
    public void A_write_that_was_never_issued_cannot_complete()
    {
        DurabilityTracker tracker = new(At(0));
        WriteId first = tracker.Issue(At(2));

        Assert.Throws<ArgumentOutOfRangeException>(() => tracker.Completed(new WriteId(first.Value + 1)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    [InlineData(5, 4)]
    [InlineData(6, 5)]
    [InlineData(9, 5)]
    public void A_truncation_takes_back_what_was_durable_behind_it(long from, long durable)
    {
        DurabilityTracker tracker = new(At(5));

        tracker.Truncated(At(from));

        Assert.Equal(At(durable), tracker.DurableIndex);
    }

    [Fact]
    public void Writes_on_their_way_do_not_vouch_for_what_is_truncated_meanwhile()
    {
        DurabilityTracker tracker = new(At(1));
        WriteId first = tracker.Issue(At(3));
        WriteId second = tracker.Issue(At(6));
        tracker.Truncated(At(3));
        WriteId third = tracker.Issue(At(4));

        tracker.Completed(first);
        Assert.Equal(At(2), tracker.DurableIndex);
        tracker.Completed(second);
        Assert.Equal(At(2), tracker.DurableIndex);
        tracker.Completed(third);
        Assert.Equal(At(4), tracker.DurableIndex);
    }

    [Fact]
    public void A_truncation_keeps_the_order_of_the_writes()
    {
        DurabilityTracker tracker = new(At(0));
        WriteId first = tracker.Issue(At(1));
        tracker.Issue(At(2));
        tracker.Truncated(At(9));

        tracker.Completed(first);

        Assert.Equal((At(1), first), (tracker.DurableIndex, tracker.LastCompleted));
    }
}
