using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Entries and messages are values: what was made twice of the same content is equal, wherever its bytes lie.</summary>
public sealed class EqualityTests
{
    // The first one, and one that differs from it in each of the parts that a record does not compare by itself.
    private static readonly Func<Message>[] Variations =
    [
        () => Append(),
        () => Append(from: 2),
        () => Append(to: 4),
        () => Append(term: 4),
        () => Append(prev: 5),
        () => Append(prevTerm: 1),
        () => Append(commit: 2),
        () => Append(round: 8),
        () => Append(command: 9),
        () => Append(entries: 1),
        () => Append(entries: 0),
        () => Chunk(),
        () => Chunk(from: 2),
        () => Chunk(to: 4),
        () => Chunk(term: 4),
        () => Chunk(index: 5),
        () => Chunk(lastTerm: 1),
        () => Chunk(offset: 2),
        () => Chunk(data: 9),
        () => Chunk(done: false),
        () => Chunk(round: 8),
        () => new RequestVote(S(1), S(3), T(3), At(4), T(2)),
        () => new RequestVoteReply(S(1), S(3), T(3), T(3), true),
        () => new AppendEntriesReply(S(1), S(3), T(3), T(3), true, At(4), At(6), T(0), At(0), At(0)) { Round = new ReadRound(7) },
        () => new InstallSnapshotReply(S(1), S(3), T(3), T(3), At(4), 2, true) { Round = new ReadRound(7) },
    ];

    [Fact]
    public void Messages_made_twice_of_the_same_content_are_equal() => Assert.All(Variations, make =>
    {
        Assert.Equal(make(), make());
        Assert.Equal(make().GetHashCode(), make().GetHashCode());
    });

    [Fact]
    public void Messages_that_differ_in_any_part_are_not_equal()
    {
        for (int i = 0; i < Variations.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.NotEqual(Variations[i](), Variations[j]());
            }
        }
    }

    [Theory]
    [InlineData(4, 2, EntryKind.Command, 2, true)]
    [InlineData(5, 2, EntryKind.Command, 2, false)]
    [InlineData(4, 3, EntryKind.Command, 2, false)]
    [InlineData(4, 2, EntryKind.Empty, 2, false)]
    [InlineData(4, 2, EntryKind.Command, 3, false)]
    public void Entries_are_equal_when_all_their_parts_are(long index, long term, EntryKind kind, byte command, bool equal)
    {
        LogEntry entry = new(T(2), At(4), EntryKind.Command, new byte[] { 1, 2 });
        LogEntry other = new(T(term), At(index), kind, new byte[] { 1, command });

        Assert.Equal(equal, entry.Equals(other));
        Assert.Equal(equal, entry.Equals((object)other));
        Assert.False(entry.Equals(null));
        if (equal)
        {
            Assert.Equal(entry.GetHashCode(), other.GetHashCode());
        }
    }

    private static AppendEntries Append(
        int from = 1, int to = 3, long term = 3, long prev = 4, long prevTerm = 2, int entries = 2, byte command = 1, long commit = 4, long round = 7)
    {
        LogEntry[] sent = [.. Enumerable.Range(1, entries).Select(i => new LogEntry(T(3), At(4 + i), EntryKind.Command, new[] { command, (byte)i }))];
        return new AppendEntries(S(from), S(to), T(term), At(prev), T(prevTerm), sent, At(commit)) { Round = new ReadRound(round) };
    }

    private static InstallSnapshot Chunk(
        int from = 1, int to = 3, long term = 3, long index = 4, long lastTerm = 2, int offset = 1, byte data = 1, bool done = true, long round = 7) =>
        new(S(from), S(to), T(term), At(index), T(lastTerm), offset, new[] { data, (byte)2 }, done) { Round = new ReadRound(round) };
}
