using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>The core's settings.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData(0, new[] { 0, 1 }, "Id is 0")]
    [InlineData(-1, new[] { 1, 2 }, "Id is -1")]
    [InlineData(4, new[] { 1, 2, 3 }, "expected Id S4 among them")]
    [InlineData(1, new[] { 1, 2, 2 }, "expected distinct positive numbers")]
    [InlineData(1, new[] { 1, 0 }, "expected distinct positive numbers")]
    [InlineData(1, new int[0], "expected Id S1 among them")]
    public void A_cluster_that_makes_no_sense_is_refused(int id, int[] servers, string message)
    {
        RaftCoreOptions options = new() { Id = S(id), Servers = [.. servers.Select(S)] };

        ArgumentException error = Assert.Throws<ArgumentException>(() => new RaftCore(options, DurableState.Empty, NullRaftObserver.Instance));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(RaftCoreOptions.MaxEntriesPerAppend))]
    [InlineData(nameof(RaftCoreOptions.MaxEntriesInFlight))]
    [InlineData(nameof(RaftCoreOptions.MaxSnapshotChunkBytes))]
    public void A_limit_is_at_least_one(string limit)
    {
        Assert.Null(Record.Exception(() => With(limit, 1).Validate()));
        ArgumentException error = Assert.Throws<ArgumentException>(() => With(limit, 0).Validate());
        Assert.Equal($"{limit} is 0; expected at least 1", error.Message);
    }

    [Fact]
    public void The_defaults_are_valid_and_append_an_empty_entry_on_election()
    {
        RaftCoreOptions options = new() { Id = S(1), Servers = [S(1)] };

        options.Validate();

        Assert.True(options.AppendEmptyEntryOnElection);
    }

    [Fact]
    public void Nothing_may_be_left_out()
    {
        RaftCoreOptions options = new() { Id = S(1), Servers = [S(1)] };

        Assert.Throws<ArgumentNullException>(() => new RaftCore(null!, DurableState.Empty, NullRaftObserver.Instance));
        Assert.Throws<ArgumentNullException>(() => new RaftCore(options, null!, NullRaftObserver.Instance));
        Assert.Throws<ArgumentNullException>(() => new RaftCore(options, DurableState.Empty, null!));
        Assert.Throws<ArgumentNullException>(() => new RaftCore(options, DurableState.Empty, NullRaftObserver.Instance).Receive(null!));
    }

    private static RaftCoreOptions With(string limit, int value)
    {
        RaftCoreOptions options = new() { Id = S(1), Servers = [S(1)] };
        return limit switch
        {
            nameof(RaftCoreOptions.MaxEntriesPerAppend) => options with { MaxEntriesPerAppend = value },
            nameof(RaftCoreOptions.MaxEntriesInFlight) => options with { MaxEntriesInFlight = value },
            _ => options with { MaxSnapshotChunkBytes = value },
        };
    }
}
