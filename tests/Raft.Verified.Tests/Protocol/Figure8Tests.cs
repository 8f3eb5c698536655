using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>The paper's Figure 8: why a leader does not commit entries of older terms by counting. Steps are lettered as there.</summary>
public sealed class Figure8Tests
{
    [Fact]
    public void An_entry_of_an_older_term_is_not_committed_by_counting_and_may_be_overwritten()
    {
        Cluster cluster = UntilC();
        Assert.Equal(["1 2", "1 2", "1 2", "1", "1 3"], cluster.Servers.Select(cluster.LogOf));
        Assert.Equal((Role.Leader, T(4), At(0)), (cluster[1].Core.Role, cluster[1].Core.CurrentTerm, cluster[1].Core.CommitIndex));
        Assert.Equal((At(2), At(2)), (cluster[1].Progress(2).MatchIndex, cluster[1].Progress(3).MatchIndex));

        // (d) S1 is gone; S5 is elected by S2, S3 and S4, and overwrites the entry with its own of term 3.
        cluster.Crash(1);
        cluster.Restart(5);
        cluster.Elect(5, 2, 3, 4);
        cluster.Propose(5);
        cluster.Settle(2, 3, 4, 5);

        cluster.Restart(1);
        cluster.Heartbeat(5);
        cluster.Settle(1, 2, 3, 4, 5);
        cluster.Heartbeat(5);
        cluster.Settle(1, 2, 3, 4, 5);
        Assert.All(cluster.Servers, id => Assert.Equal("1 3 5", cluster.LogOf(id)));
        Assert.All(cluster.Servers, id => Assert.Equal("1,3,5", cluster.AppliedBy(id)));
    }

    [Fact]
    public void With_an_entry_of_its_own_term_on_a_majority_the_older_one_is_committed_and_stays()
    {
        Cluster cluster = UntilC();

        // (e) S1 replicates an entry of term 4 to S2 and S3 before it crashes.
        cluster.Propose(1);
        cluster.Settle(1, 2, 3);
        Assert.Equal(At(3), cluster[1].Core.CommitIndex);
        Assert.Equal("1,2,4", cluster.AppliedBy(1));
        cluster.Crash(1);

        // S5 cannot win: S2 and S3 hold the later term.
        cluster.Restart(5);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            cluster.Timeout(5);
            cluster.Settle(2, 3, 4, 5);
            Assert.Equal(Role.Candidate, cluster[5].Core.Role);
        }

        cluster.Elect(2, 3, 4, 5);
        cluster.Propose(2);
        cluster.Settle(2, 3, 4, 5);
        Assert.All((int[])[2, 3, 4, 5], id => Assert.StartsWith("1 2 4", cluster.LogOf(id), StringComparison.Ordinal));
        Assert.StartsWith("1,2,4", cluster.AppliedBy(2), StringComparison.Ordinal);
    }

    [Fact]
    public void The_empty_entry_of_the_election_is_what_commits_the_older_one()
    {
        Cluster cluster = UntilC(emptyEntry: true);

        Assert.Equal("1 2 4", cluster.LogOf(1).Replace("1 2 2", "1 2", StringComparison.Ordinal));
        Assert.Equal(cluster[1].Core.Log.LastIndex, cluster[1].Core.CommitIndex);
    }

    // (a) to (c): all start with one entry of term 1.
    private static Cluster UntilC(bool emptyEntry = false)
    {
        Cluster cluster = new(5, _ => Durable("1", 1), emptyEntry);

        // (a) S1 leads term 2 and replicates its entry to S2 only.
        cluster.Elect(1, 2, 3);
        cluster.Settle(1, 2);
        if (!emptyEntry)
        {
            cluster.Propose(1);
            cluster.Settle(1, 2);
        }

        cluster.Crash(1);

        // (b) S5 leads term 3 with the votes of S3, S4 and itself, and takes another entry at the same place.
        cluster.Elect(5, 3, 4);
        cluster.Propose(5);
        cluster.InFlight.Clear();
        Assert.Equal(T(3), cluster[5].Core.CurrentTerm);
        cluster.Crash(5);

        // (c) S1 leads term 4 and goes on replicating, to S3.
        cluster.Restart(1);
        cluster.Elect(1, 2, 3);
        cluster.Settle(1, 2, 3);
        Assert.Equal(T(4), cluster[1].Core.CurrentTerm);
        return cluster;
    }
}
