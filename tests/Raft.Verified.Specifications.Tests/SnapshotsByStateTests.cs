using Raft.Verified.Scenarios;
using Xunit;

namespace Raft.Verified.Tests.Specifications;

/// <summary>Servers write the same state in different bytes; what is compared is the state.</summary>
public sealed class SnapshotsByStateTests
{
    [Fact]
    public void Snapshots_of_the_same_state_differ_in_every_byte_between_servers_and_stand_for_the_same()
    {
        byte[] first = Write(1, tail: 3);
        byte[] second = Write(2, tail: 6);
        Assert.Equal(first.Length + 3, second.Length);
        Assert.All(Enumerable.Range(0, first.Length), i => Assert.NotEqual(first[i], second[i]));
        JournalModel model = new();
        ReadOnlyMemory<byte> state = Write(0, tail: 0);
        Assert.Equal(state, model.StateIn(first), Same);
        Assert.Equal(state, model.StateIn(second), Same);
        JournalState read = new();
        read.Read(first);
        Assert.Equal(state, read.Write(), Same);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(24)]
    [InlineData(40)]
    [InlineData(66)]
    public void A_snapshot_put_together_from_two_servers_pieces_stands_for_no_state(int cut)
    {
        byte[] first = Write(1, tail: 3);
        byte[] second = Write(2, tail: 6);
        ReadOnlyMemory<byte> state = Write(0, tail: 0);
        JournalModel model = new();
        Assert.NotEqual(state, model.StateIn(first[..cut].Concat(second[cut..]).ToArray()), Same);
        Assert.NotEqual(state, model.StateIn(second[..cut].Concat(first[cut..]).ToArray()), Same);
        Assert.NotEqual(state, model.StateIn(first[..7]), Same);
    }

    private static bool Same(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) => left.Span.SequenceEqual(right.Span);

    private static byte[] Write(int writer, int tail)
    {
        JournalState state = new();
        state.Apply(JournalState.Command(1, 1).Span);
        state.Apply(JournalState.Command(1, 2).Span);
        return state.Write(writer, tail).ToArray();
    }
}
