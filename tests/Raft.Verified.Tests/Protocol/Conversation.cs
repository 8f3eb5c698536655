using Raft.Verified.Protocol;
using Xunit;

namespace Raft.Verified.Tests.Protocol;

/// <summary>A leader core and one follower core that exchange whole messages, with nobody else in between.</summary>
internal static class Conversation
{
    /// <summary>
    /// Makes <paramref name="leader"/> win an election by the votes of others, and passes its requests to <paramref name="follower"/>
    /// and the replies back until there is nothing more to say.
    /// </summary>
    /// <returns>How many requests the follower has answered.</returns>
    public static int UntilTheLogsAgree(CoreHarness leader, CoreHarness follower)
    {
        List<Message> toFollower = [.. Elect(leader, follower.Id).AllTo<Message>(follower.Id)];
        int roundTrips = 0;
        while (toFollower.Count > 0)
        {
            roundTrips++;
            Assert.True(roundTrips < 100, "the logs never agree");
            List<Message> replies = [.. toFollower.SelectMany(m => follower.Receive(m).AllTo<Message>(leader.Id))];
            follower.CompleteAll();
            toFollower = [.. replies.SelectMany(m => leader.Receive(m).AllTo<Message>(follower.Id))];
            leader.CompleteAll();
        }

        return roundTrips;
    }

    private static Step Elect(CoreHarness leader, int butNotBy)
    {
        leader.Timeout();
        leader.CompleteAll();
        int third = Enumerable.Range(1, 3).First(peer => peer != leader.Id && peer != butNotBy);
        Step elected = leader.Receive(leader.Vote(third));
        Assert.Equal(Role.Leader, leader.Core.Role);
        leader.CompleteAll();
        return elected;
    }
}
