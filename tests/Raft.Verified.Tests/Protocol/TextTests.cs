using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>The text of entries, messages and numbers in logs, and the equality of entries.</summary>
public sealed class TextTests
{
    [Fact]
    public void Messages_read_as_in_the_paper()
    {
        CoreHarness server = CoreHarness.Follower("", term: 2);

        Assert.Equal(
            [
                "RequestVote t3 last 4/2",
                "Vote t2 granted",
                "Vote t2 refused",
                "Append t2 after 4/1 none commit 3",
                "Append t2 after 4/1 [5/1 6/2] commit 3",
                "Appended t2 match 6",
                "Append refused t2 after 9 conflict 4/1 last 8",
                "Snapshot t2 4/1 at 0+5 done",
                "Snapshot t2 4/1 at 3+2",
                "Snapshot 4 t2 installed",
                "Snapshot 4 t2 next 3",
            ],
            new Message[]
            {
                server.AskVote(2, term: 3, "4/2"),
                server.Vote(2),
                server.Vote(2, granted: false),
                server.Append(2, "4/1", commit: 3),
                server.Append(2, "4/1", "1 2", commit: 3),
                server.Appended(2, match: 6),
                server.Refused(2, prev: 9, conflictTerm: 1, conflictIndex: 4, last: 8),
                server.Install(2, "4/1", "abcde"),
                server.Install(2, "4/1", "ab", offset: 3, done: false),
                server.Installed(2, 4),
                server.Installed(2, 4, installed: false, next: 3),
            }.Select(m => m.ToString()));
    }

    [Fact]
    public void Entries_snapshots_and_progress_read_as_index_and_term()
    {
        Assert.Equal("4/2", Entry(4, 2).ToString());
        Assert.Equal("4/2 (empty)", Entry(4, 2, EntryKind.Empty).ToString());
        Assert.Equal("snapshot 4/2", SnapshotOf("4/2").ToString());
        Assert.Equal("S2 Probe next 4 match 0", new FollowerProgress(S(2), At(4)).ToString());
        Assert.Equal(("-", "S3", "7"), (ServerId.None.ToString(), S(3).ToString(), new WriteId(7).ToString()));
    }

    [Theory]
    [InlineData(4, 2, EntryKind.Command, true)]
    [InlineData(5, 2, EntryKind.Command, false)]
    [InlineData(4, 3, EntryKind.Command, false)]
    [InlineData(4, 2, EntryKind.Empty, false)]
    public void Two_entries_are_the_same_in_all_their_parts(long index, long term, EntryKind kind, bool same)
    {
        LogEntry entry = new(T(2), At(4), EntryKind.Command, new byte[] { 1, 2 });

        Assert.Equal(same, entry.HasSameContentAs(new LogEntry(T(term), At(index), kind, new byte[] { 1, 2 })));
        Assert.False(entry.HasSameContentAs(new LogEntry(T(term), At(index), kind, new byte[] { 1, 3 })));
    }

    [Fact]
    public void Terms_and_indexes_are_ordered()
    {
        Assert.True(T(1) < T(2) && T(2) > T(1) && T(2) >= T(2) && T(2) <= T(2));
        Assert.False(T(2) < T(2) || T(2) > T(2) || T(1) >= T(2) || T(2) <= T(1));
        Assert.True(At(1) < At(2) && At(2) > At(1) && At(2) >= At(2) && At(2) <= At(2));
        Assert.False(At(2) < At(2) || At(2) > At(2) || At(1) >= At(2) || At(2) <= At(1));
        Assert.Equal((At(1), At(2)), (LogIndex.Min(At(2), At(1)), LogIndex.Max(At(2), At(1))));
        Assert.Equal((At(3), At(1), At(7), 5L), (At(2).Next(), At(2).Previous(), At(2) + 5, At(7) - At(2)));
        Assert.Equal(T(3), T(2).Next());
    }
}
