using Raft.Verified.Protocol;
using Raft.Verified.Simulation.Scripts;
using Xunit;

namespace Raft.Verified.Tests.Directed;

/// <summary>The paper's Figure 8, by five servers.</summary>
public sealed class Figure8ScheduleTests() : Script(servers: 5)
{
    // R11
    [Fact]
    public void An_entry_of_an_older_term_is_not_committed_by_counting_and_may_be_overwritten()
    {
        Elect(S1, S2, S3);
        S1.Propose("1");
        foreach (ScriptedServer follower in Servers.Skip(1))
        {
            DeliverAll(S1, follower);
        }

        S1.Crashes();
        S1.Restarts();
        Elect(S1, S2, S3);
        DropAll();
        S1.Propose("2");
        S1.SendsHeartbeats();
        Deliver(S1 >> S2, AppendOf(2, 2));
        Assert.Equal(("1/1 2/2", "1/1"), (S2.Log, S3.Log));
        S1.Crashes();
        DropAll();
        S5.TimesOut();
        DropAll();
        Elect(S5, S3, S4);
        S5.Propose("3");
        DropAll();
        Assert.Equal((3L, "1/1 3/3"), (S5.Term, S5.Log));
        S5.Crashes();
        S1.Restarts();
        S1.TimesOut();
        DropAll();
        Elect(S1, S2, S3);
        Assert.Equal(4, S1.Term);

        DeliverAll(S1, S2);
        DeliverAll(S1, S3);

        Assert.Equal(("1/1 2/2", 2L, 2L), (S3.Log, S1.MatchOf(S2), S1.MatchOf(S3)));
        Assert.True(S1.Commit < 2, $"S1 has committed {S1.Commit}");

        S1.Crashes();
        S5.Restarts();
        DropAll();
        S5.TimesOut();
        DropAll();
        Elect(S5, S2, S3);
        Assert.Equal(5, S5.Term);
        S5.Propose("4");
        S5.SendsHeartbeats();
        foreach (ScriptedServer follower in new[] { S2, S3, S4 })
        {
            DeliverAll(S5, follower);
        }

        Assert.All(new[] { S2, S3, S4, S5 }, server => Assert.Equal("1/1 3/3 4/5", server.Log));
        Assert.Equal(3, S5.Commit);
    }

    private void Elect(ScriptedServer candidate, ScriptedServer first, ScriptedServer second)
    {
        candidate.TimesOut();
        foreach (ScriptedServer voter in new[] { first, second })
        {
            Deliver(candidate >> voter, VoteRequest);
            Assert.True(Deliver(voter >> candidate, VoteReply).VoteGranted);
        }

        Assert.Equal(Role.Leader, candidate.Role);
    }
}
