using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Xunit;

namespace Raft.Verified.Tests.Server;

public sealed class RaftOptionsTests
{
    private static readonly RaftOptions Good = new() { Core = new RaftCoreOptions { Id = new ServerId(1), Servers = [new(1), new(2)] } };

    public static TheoryData<RaftOptions, string> Nonsense => new()
    {
        { Good with { Core = Good.Core with { Id = new ServerId(0) } }, "Id is 0; expected a positive number" },
        { Good with { Core = Good.Core with { Id = new ServerId(3) } }, "Servers is [S1, S2]; expected Id S3 among them" },
        { Good with { Core = Good.Core with { Servers = [new(1), new(1)] } }, "Servers is [S1, S1]; expected distinct positive numbers" },
        { Good with { Core = Good.Core with { MaxEntriesPerAppend = 0 } }, "MaxEntriesPerAppend is 0; expected at least 1" },
        { Good with { Core = Good.Core with { MaxEntriesInFlight = 0 } }, "MaxEntriesInFlight is 0; expected at least 1" },
        { Good with { Core = Good.Core with { MaxSnapshotChunkBytes = -1 } }, "MaxSnapshotChunkBytes is -1; expected at least 1" },
        { Good with { HeartbeatInterval = TimeSpan.Zero }, "HeartbeatInterval is 00:00:00; expected at least 1 ms" },
        { Good with { ElectionTimeoutMin = TimeSpan.FromMilliseconds(100) }, "ElectionTimeoutMin is 00:00:00.1000000; expected more than HeartbeatInterval" },
        { Good with { ElectionTimeoutMax = TimeSpan.FromMilliseconds(300) }, "equal time-outs split every vote" },
        { Good with { SnapshotThreshold = -1 }, "SnapshotThreshold is -1; expected 0 or more" },
        { Good with { SnapshotBytes = -1 }, "SnapshotBytes is -1; expected 0 or more" },
        { Good with { MaxQueuedMessagesPerPeer = 0 }, "MaxQueuedMessagesPerPeer is 0; expected at least 1" },
        { Good with { StopTimeout = TimeSpan.FromSeconds(-2) }, "StopTimeout is -00:00:02; expected a time from 0 to 1.00:00:00, or Timeout.InfiniteTimeSpan" },
        { Good with { StopTimeout = TimeSpan.FromDays(2) }, "StopTimeout is 2.00:00:00; expected a time from 0 to" },
    };

    [Fact]
    public void The_defaults_make_sense() => Good.Validate();

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public void Nonsense_is_refused_with_what_was_found_and_what_was_expected(RaftOptions options, string message)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(options.Validate);

        Assert.Contains(message, refusal.Message);
    }
}
