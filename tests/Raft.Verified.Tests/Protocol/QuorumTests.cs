using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Majorities.</summary>
public sealed class QuorumTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(6, 4)]
    [InlineData(7, 4)]
    public void A_majority_is_more_than_half(int servers, int size)
    {
        Assert.Equal(size, Quorum.Size(servers));
        Assert.True(2 * size > servers, "two majorities always share a server");
        Assert.True(2 * (size - 1) <= servers, "one server fewer is no majority");
    }

    [Theory]
    [InlineData(new long[] { 4 }, 4)]
    [InlineData(new long[] { 4, 2 }, 2)]
    [InlineData(new long[] { 9, 2, 5 }, 5)]
    [InlineData(new long[] { 5, 9, 2 }, 5)]
    [InlineData(new long[] { 0, 0, 7 }, 0)]
    [InlineData(new long[] { 1, 2, 3, 4 }, 2)]
    [InlineData(new long[] { 5, 4, 3, 2, 1 }, 3)]
    [InlineData(new long[] { 10, 9, 100, 8, 7 }, 9)]
    public void The_highest_index_reached_by_a_majority(long[] indexes, long reached)
    {
        LogIndex highest = Quorum.HighestReachedByMajority<LogIndex>([.. indexes.Select(At)]);

        Assert.Equal(At(reached), highest);
        Assert.True(indexes.Count(i => i >= reached) >= Quorum.Size(indexes.Length));
        Assert.True(indexes.Count(i => i > reached) < Quorum.Size(indexes.Length));
    }

    [Fact]
    public void A_tally_counts_voters_and_not_votes()
    {
        VoteTally tally = new();
        tally.Add(S(2));
        tally.Add(S(2));
        Assert.False(tally.IsMajorityOf(3));
        Assert.Equal([S(2)], tally.Voters);

        tally.Add(S(3));
        Assert.True(tally.IsMajorityOf(3));
        Assert.False(tally.IsMajorityOf(4));
        Assert.Equal([S(2), S(3)], tally.Voters);
    }

    [Fact]
    public void A_cleared_tally_has_no_votes()
    {
        VoteTally tally = new();
        tally.Add(S(1));

        tally.Clear();

        Assert.Empty(tally.Voters);
        Assert.False(tally.IsMajorityOf(1));
    }
}
