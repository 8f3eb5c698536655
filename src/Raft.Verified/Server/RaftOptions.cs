using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A server's settings.</summary>
public sealed record RaftOptions
{
    /// <summary>The protocol's settings: who this server is, who the others are, sizes of messages.</summary>
    public required RaftCoreOptions Core { get; init; }

    /// <summary>
    /// The shortest election time-out; each is drawn anew between this and <see cref="ElectionTimeoutMax"/> (paper, section 5.2). Much
    /// longer than a message's round trip and a disk's flush together. Default 300 ms.
    /// </summary>
    public TimeSpan ElectionTimeoutMin { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest election time-out. Default 600 ms.</summary>
    public TimeSpan ElectionTimeoutMax { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>How often a leader without news speaks to its followers; less than <see cref="ElectionTimeoutMin"/>. Default 100 ms.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>After how many entries behind the last snapshot the server asks the state machine for a new one; 0 for never. Default 10,000.</summary>
    public int SnapshotThreshold { get; init; } = 10_000;

    /// <summary>
    /// After how many bytes of entries behind the last snapshot (<see cref="LogEntry.Size"/>) the server asks the state machine for a new one, whatever
    /// <see cref="SnapshotThreshold"/> says; 0 for never. Default 0.
    /// </summary>
    public long SnapshotBytes { get; init; }

    /// <summary>The most messages kept for a peer that takes none; beyond it the oldest are dropped. At least 1. Default 1024.</summary>
    public int MaxQueuedMessagesPerPeer { get; init; } = 1024;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">One of them makes no sense; the message says which, what it is and what was expected.</exception>
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
    }
}
