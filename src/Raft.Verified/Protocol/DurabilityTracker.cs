namespace Raft.Verified.Protocol;

/// <summary>
/// Tracks the prefix of a server's log that its own disk holds while writes are pending. Durability is tracked per
/// write rather than per entry, so that an entry that was truncated and rewritten is not counted when its first write
/// completes.
/// </summary>
public sealed class DurabilityTracker
{
    private readonly Queue<(WriteId Id, LogIndex LastIndex)> _pending = new();
    private WriteId _lastIssued;

    /// <summary>Starts tracking from the prefix that the disk held at the server's start.</summary>
    public DurabilityTracker(LogIndex durableIndex) => DurableIndex = durableIndex;

    /// <summary>The last entry of the log's prefix that is on disk, as log or as snapshot.</summary>
    public LogIndex DurableIndex { get; private set; }

    /// <summary>The newest write that is known to be durable.</summary>
    public WriteId LastCompleted { get; private set; }

    /// <summary>The write that a message must wait for when it reports any change made so far.</summary>
    public WriteId Barrier => _lastIssued.Value > LastCompleted.Value ? _lastIssued : WriteId.None;

    internal static DurabilityTracker Restore(LogIndex durableIndex, IReadOnlyList<LogIndex> pending)
    {
        DurabilityTracker tracker = new(durableIndex);
        foreach (LogIndex lastIndex in pending)
        {
            tracker.Issue(lastIndex);
        }

        return tracker;
    }

    internal IReadOnlyList<LogIndex> CapturePending() => [.. _pending.Select(write => write.LastIndex)];

    /// <summary>Notes that the log from <paramref name="from"/> on is being replaced: writes on their way no longer vouch for it.</summary>
    public void Truncated(LogIndex from)
    {
        LogIndex last = from.Previous();
        DurableIndex = LogIndex.Min(DurableIndex, last);
        for (int i = _pending.Count; i > 0; i--)
        {
            (WriteId id, LogIndex index) = _pending.Dequeue();
            _pending.Enqueue((id, LogIndex.Min(index, last)));
        }

    }

    /// <summary>Issues the number of the next write, after which the log's prefix up to <paramref name="lastIndex"/> will be durable.</summary>
    public WriteId Issue(LogIndex lastIndex)
    {
        _lastIssued = new WriteId(_lastIssued.Value + 1);
        _pending.Enqueue((_lastIssued, lastIndex));
        return _lastIssued;
    }

    /// <summary>Notes that every write up to <paramref name="id"/> is durable.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such write was issued.</exception>
    public void Completed(WriteId id)
    {
        if (id.Value > _lastIssued.Value)
        {
            throw new ArgumentOutOfRangeException(nameof(id), id, $"the last write issued is {_lastIssued}");
        }

        while (_pending.TryPeek(out (WriteId Id, LogIndex LastIndex) head) && head.Id.Value <= id.Value)
        {
            DurableIndex = LogIndex.Max(DurableIndex, head.LastIndex);
            LastCompleted = head.Id;
            _pending.Dequeue();
        }
    }
}
