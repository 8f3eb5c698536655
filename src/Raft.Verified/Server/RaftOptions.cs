using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A server's settings.</summary>
public sealed record RaftOptions
{
    private static readonly TimeSpan LongestStopTimeout = TimeSpan.FromDays(1);

    /// <summary>The protocol's settings: this server, the servers of the cluster, and the sizes of messages.</summary>
    public required RaftCoreOptions Core { get; init; }

    /// <summary>
    /// The shortest election timeout. Each timeout is drawn between this value and <see cref="ElectionTimeoutMax"/>
    /// (paper, section 5.2). It should be much longer than a message's round trip plus a disk flush. Default 300 ms.
    /// </summary>
    public TimeSpan ElectionTimeoutMin { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest election timeout. Default 600 ms.</summary>
    public TimeSpan ElectionTimeoutMax { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>
    /// The interval between heartbeats of a leader; less than <see cref="ElectionTimeoutMin"/>. Default 100 ms.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The number of entries after the last snapshot at which the server takes a new snapshot; 0 means never. Default
    /// 10,000.
    /// </summary>
    public int SnapshotThreshold { get; init; } = 10_000;

    /// <summary>
    /// The size in bytes of the entries after the last snapshot (<see cref="LogEntry.Size"/>) at which the server takes
    /// a new snapshot. It applies independently of <see cref="SnapshotThreshold"/>; 0 means never. Default 0.
    /// </summary>
    public long SnapshotBytes { get; init; }

    /// <summary>
    /// The maximum number of messages queued per peer; beyond it the oldest are dropped. At least 1. Default 1024.
    /// </summary>
    public int MaxQueuedMessagesPerPeer { get; init; } = 1024;

    /// <summary>
    /// The longest time that <see cref="RaftServer.StopAsync"/> waits for calls into transport, storage and state machine
    /// to return. <see cref="Timeout.InfiniteTimeSpan"/> means no limit. Default 30 s.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">
    /// A setting is invalid. The message names the setting, its value and the expected value.
    /// </exception>
    public void Validate()
    {
        Core.Validate();
        if (HeartbeatInterval < TimeSpan.FromMilliseconds(1))
        {
            throw new ArgumentException($"{nameof(HeartbeatInterval)} is {HeartbeatInterval}; expected at least 1 ms");
        }

        if (ElectionTimeoutMin <= HeartbeatInterval)
        {
            throw new ArgumentException(
                $"{nameof(ElectionTimeoutMin)} is {ElectionTimeoutMin}; expected more than {nameof(HeartbeatInterval)}, {HeartbeatInterval}");
        }

        if (ElectionTimeoutMax <= ElectionTimeoutMin)
        {
            throw new ArgumentException(
                $"{nameof(ElectionTimeoutMax)} is {ElectionTimeoutMax}; expected more than {nameof(ElectionTimeoutMin)}, {ElectionTimeoutMin}: equal time-outs split every vote");
        }

        if (SnapshotThreshold < 0)
        {
            throw new ArgumentException($"{nameof(SnapshotThreshold)} is {SnapshotThreshold}; expected 0 or more");
        }

        if (SnapshotBytes < 0)
        {
            throw new ArgumentException($"{nameof(SnapshotBytes)} is {SnapshotBytes}; expected 0 or more");
        }

        if (MaxQueuedMessagesPerPeer < 1)
        {
            throw new ArgumentException($"{nameof(MaxQueuedMessagesPerPeer)} is {MaxQueuedMessagesPerPeer}; expected at least 1");
        }

        if (StopTimeout != Timeout.InfiniteTimeSpan && (StopTimeout < TimeSpan.Zero || StopTimeout > LongestStopTimeout))
        {
            throw new ArgumentException($"{nameof(StopTimeout)} is {StopTimeout}; expected a time from 0 to {LongestStopTimeout}, or {nameof(Timeout)}.{nameof(Timeout.InfiniteTimeSpan)}");
        }
    }
}
