using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

public sealed class ReplicationTrackerTests
{
    [Theory]
    [InlineData(0, new long[] { 0, 0, 0, 0 }, 0)]
    [InlineData(9, new long[] { 0, 0, 0, 0 }, 0)]
    [InlineData(9, new long[] { 7, 0, 0, 0 }, 0)]
    [InlineData(9, new long[] { 7, 0, 0, 5 }, 5)]
    [InlineData(3, new long[] { 7, 0, 0, 5 }, 3)]
    [InlineData(0, new long[] { 7, 6, 0, 5 }, 5)]
    [InlineData(9, new long[] { 9, 9, 9, 9 }, 9)]
    public void A_quorum_has_what_more_than_half_of_the_servers_have_the_leaders_disk_among_them(long own, long[] matched, long expected)
    {
        ReplicationTracker tracker = NewTracker();
        ForEachFollower(tracker, (follower, i) => follower.MatchIndex = At(matched[i]));

        Assert.Equal(At(expected), tracker.HighestMatched(At(own)));
    }

    [Theory]
    [InlineData(4, new long[] { 0, 0, 0, 0 }, 0)]
    [InlineData(4, new long[] { 4, 0, 0, 0 }, 0)]
    [InlineData(4, new long[] { 4, 0, 3, 0 }, 3)]
    [InlineData(4, new long[] { 2, 2, 3, 4 }, 3)]
    public void A_round_is_confirmed_by_more_than_half_of_the_servers_the_leader_among_them(long own, long[] confirmed, long expected)
    {
        ReplicationTracker tracker = NewTracker();
        ForEachFollower(tracker, (follower, i) => follower.ConfirmedRound = new ReadRound(confirmed[i]));

        Assert.Equal(new ReadRound(expected), tracker.HighestConfirmedRound(new ReadRound(own)));
    }

    [Fact]
    public void A_new_leadership_knows_nothing_of_the_one_before()
    {
        ReplicationTracker tracker = NewTracker();
        ForEachFollower(tracker, (follower, _) => (follower.MatchIndex, follower.ConfirmedRound) = (At(7), new ReadRound(7)));

        tracker.Begin(At(12));

        ForEachFollower(tracker, (follower, _) => Assert.Equal((At(0), At(12), ReadRound.None), (follower.MatchIndex, follower.NextIndex, follower.ConfirmedRound)));
    }

    [Fact]
    public void Who_does_not_lead_knows_of_no_follower()
    {
        ReplicationTracker tracker = NewTracker();

        tracker.End();

        Assert.All(tracker.Followers.ToArray(), Assert.Null);
    }

    [Fact]
    public void What_was_captured_comes_back_in_its_place()
    {
        ReplicationTracker tracker = NewTracker();
        ForEachFollower(tracker, (follower, i) => follower.MatchIndex = At(i));
        ReplicationTracker restored = new(Options());

        restored.Restore(tracker.Capture());

        Assert.Equal(tracker.Capture(), restored.Capture());
        Assert.Equal([S(1), S(2), null, S(4), S(5)], restored.Followers.ToArray().Select(follower => follower?.Server));
    }

    // The third of five servers leads.
    private static RaftCoreOptions Options() => new() { Id = S(3), Servers = [S(1), S(2), S(3), S(4), S(5)] };

    private static ReplicationTracker NewTracker()
    {
        ReplicationTracker tracker = new(Options());
        tracker.Begin(At(10));
        return tracker;
    }

    private static void ForEachFollower(ReplicationTracker tracker, Action<FollowerProgress, int> action)
    {
        FollowerProgress[] followers = [.. tracker.Followers.ToArray().OfType<FollowerProgress>()];
        Assert.Equal(4, followers.Length);
        for (int i = 0; i < followers.Length; i++)
        {
            action(followers[i], i);
        }
    }
}
