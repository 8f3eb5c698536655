using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation.Scripts;
using Xunit;

namespace Raft.Verified.Tests.Directed;

/// <summary>Schedules of snapshots that come twice or late, and of services that are busy.</summary>
public sealed class SnapshotScheduleTests : Script
{
    // S5, S6
    [Fact]
    public void A_snapshot_that_is_delivered_twice_takes_nothing_back()
    {
        (InstallSnapshot first, InstallSnapshot second) = SnapshotThrough9SentTwiceToS2();
        Deliver(first);
        S1.Propose(Words(10, 15));
        DeliverAll(S1, S2);
        S1.SendsHeartbeats();
        DeliverAll(S1, S2);
        Assert.Equal((15L, 15L), (S1.Commit, S2.Applied));

        Deliver(second);

        Assert.Equal(("[9/1] c10/1 c11/1 c12/1 c13/1 c14/1 c15/1", 15L), (S2.Log, S2.Commit));
        Assert.Equal(S2.Log, S2.DiskLog);
        S1.Crashes();
        Connect(S3);
        DropAll();
        Elect(S2, S3);
        S2.Propose("c16");
        DeliverAll(S2, S3);
        Assert.Equal("[9] 10 11 12 13 14 15 16", S2.Delivered);
        Assert.Equal("c10/1 c11/1 c12/1 c13/1 c14/1 c15/1 c16/2", S3.Log[^41..]);
    }

    // S5, S6 with what was appended behind the snapshot acknowledged and not yet known to be committed.
    [Fact]
    public void A_snapshot_that_is_delivered_twice_takes_no_acknowledged_entry_back()
    {
        (InstallSnapshot first, InstallSnapshot second) = SnapshotThrough9SentTwiceToS2();
        Deliver(first);
        Deliver(S2 >> S1, SnapshotReply);
        S1.Propose("c10", "c11");
        Deliver(S1 >> S2, AppendOf(10, 11));
        Deliver(S2 >> S1, AppendReply);
        Assert.Equal((11L, 9L), (S1.Commit, S2.Commit));

        Deliver(second);

        Assert.Equal(("[9/1] c10/1 c11/1", "[9/1] c10/1 c11/1", "[9]"), (S2.Log, S2.DiskLog, S2.Delivered));
    }

    // S5, S6 with a newer snapshot in place. (Above, a server that took the old one would keep the log behind it all the same, because it matches.)
    [Fact]
    public void An_old_snapshot_does_not_take_the_place_of_a_newer_one()
    {
        (InstallSnapshot first, InstallSnapshot second) = SnapshotThrough9SentTwiceToS2();
        Deliver(first);
        S1.Propose(Words(10, 15));
        DeliverAll(S1, S2);
        S1.SendsHeartbeats();
        DeliverAll(S1, S2);
        S2.Compacts();
        Assert.Equal(("[15/1]", 15L, 15L), (S2.Log, S1.Commit, S2.Applied));

        Deliver(second);

        Assert.Equal(("[15/1]", "[15/1]", 15L, "[9] 10 11 12 13 14 15"), (S2.Log, S2.DiskLog, S2.Commit, S2.Delivered));
        S1.Propose("c16");
        DeliverAll(S1, S2);
        Assert.Equal((16L, "[15/1] c16/1"), (S1.Commit, S2.Log));
    }

    // S15
    [Fact]
    public void After_a_snapshot_the_service_gets_the_entry_behind_it_however_long_it_was_busy()
    {
        Settings = Settings with { MaxEntriesPerAppend = 32 };
        Elect(S1, S3);
        S1.Propose(Words(1, 4));
        DeliverAll(S1, S2, S3);
        S1.SendsHeartbeats();
        DeliverAll(S1, S2, S3);
        S2.HoldsApplyAt(7);
        S1.Propose(Words(5, 12));
        DeliverAll(S1, S2, S3);
        S1.SendsHeartbeats();
        DeliverAll(S1, S2, S3);
        Assert.Equal((true, 12L, "1 2 3 4 5 6"), (S2.IsApplyHeld, S2.Commit, S2.Delivered));
        Cut(S2);
        S1.Propose(Words(13, 20));
        DeliverAll(S1, S3);
        S1.Compacts();
        Connect(S2);
        ReachForSnapshot(S2);
        Deliver(S1 >> S2, SnapshotChunk);
        Deliver(S2 >> S1, SnapshotReply);
        S1.Propose("c21");
        DeliverAll(S1, S2);
        S1.SendsHeartbeats();
        DeliverAll(S1, S2);
        Assert.Equal(("[20/1] c21/1", 21L, "1 2 3 4 5 6"), (S2.Log, S2.Commit, S2.Delivered));

        S2.ReleasesApply();

        Assert.Equal("1 2 3 4 5 6 7 8 9 10 11 12 [20] 21", S2.Delivered);
        Assert.Equal(21, S2.Applied);
    }

    // A1, K11
    [Fact]
    public void A_service_may_compact_while_it_applies_and_a_client_proposes()
    {
        Elect(S1, S3);
        S1.CompactsDuringApply();
        S1.HoldsApplyAt(1);
        IReadOnlyList<Task<ProposalResult>> first = S1.Propose("a");
        DeliverAll(S1, S3);
        Assert.True(S1.IsApplyHeld);
        IReadOnlyList<Task<ProposalResult>> second = S1.Propose("b");
        Assert.Equal("a/1 b/1", S1.Log);

        S1.ReleasesApply();
        Assert.Equal(("[1/1] b/1", true, "1"), (S1.Log, first[0].IsCompletedSuccessfully, S1.Delivered));
        DeliverAll(S1, S3);

        Assert.Equal(("[2/1]", true, "1 2"), (S1.Log, second[0].IsCompletedSuccessfully, S1.Delivered));
    }

    private static string[] Words(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(number => $"c{number}")];

    // S1 has committed 1..9 with S3, compacted them, and sent the snapshot to S2 and once more with its heartbeat; from here on S3 is cut off.
    private (InstallSnapshot First, InstallSnapshot Second) SnapshotThrough9SentTwiceToS2()
    {
        Settings = Settings with { MaxEntriesPerAppend = 32 };
        Elect(S1, S3);
        S1.Propose(Words(1, 9));
        DeliverAll(S1, S3);
        S1.Compacts();
        Assert.Equal("[9/1]", S1.Log);
        ReachForSnapshot(S2);
        InstallSnapshot first = Hold(S1 >> S2, SnapshotChunk);
        S1.SendsHeartbeats();
        InstallSnapshot second = Hold(S1 >> S2, SnapshotChunk);
        DropAll();
        Cut(S3);
        return (first, second);
    }

    // The leader S1 finds out that a follower needs what is compacted, and sends its snapshot.
    private void ReachForSnapshot(ScriptedServer follower)
    {
        S1.SendsHeartbeats();
        while (HeldOn(S1 >> follower).Count > 0 && !HeldOn(S1 >> follower).Any(message => message is InstallSnapshot))
        {
            Deliver(HeldOn(S1 >> follower)[0]);
            if (HeldOn(follower >> S1).Count > 0)
            {
                Deliver(HeldOn(follower >> S1)[0]);
            }
        }
    }
}
