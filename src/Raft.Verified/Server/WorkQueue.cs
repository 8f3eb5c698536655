namespace Raft.Verified.Server;

/// <summary>
/// A queue of work for one task from any number of others: a list behind a lock, and a signal. The consumer takes
/// everything at once, so writes and messages are batched. The queue uses only primitives that a systematic tester
/// controls, which a channel is not.
/// </summary>
internal sealed class WorkQueue<T>
{
    private readonly object _gate = new();
    private List<T> _items = [];
    private List<T> _taken = [];
    private TaskCompletionSource? _signal;
    private volatile bool _closed;

    /// <summary>True when the queue is closed, so that no more items can be added.</summary>
    public bool IsClosed => _closed;

    /// <summary>Adds an item, unless the queue is closed.</summary>
    /// <returns>True when the item was added; false when the queue is closed.</returns>
    public bool Add(T item)
    {
        TaskCompletionSource? signal;
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _items.Add(item);
            signal = TakeSignal();
        }

        signal?.SetResult();
        return true;
    }

    /// <summary>Adds an item, and drops the oldest item when there are more than <paramref name="limit"/>.</summary>
    public void AddDroppingOldest(T item, int limit)
    {
        TaskCompletionSource? signal;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            if (_items.Count >= limit)
            {
                _items.RemoveAt(0);
            }

            _items.Add(item);
            signal = TakeSignal();
        }

        signal?.SetResult();
    }

    /// <summary>Closes the queue. Items in the queue can still be taken, but no more can be added.</summary>
    public void Close()
    {
        TaskCompletionSource? signal;
        lock (_gate)
        {
            _closed = true;
            signal = TakeSignal();
        }

        signal?.SetResult();
    }

    /// <summary>Waits until there is an item to take or the queue is closed.</summary>
    public Task WaitAsync()
    {
        lock (_gate)
        {
            if (_items.Count > 0 || _closed)
            {
                return Task.CompletedTask;
            }

            // Asynchronous continuations: the consumer never runs inside the producer's call.
            _signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _signal.Task;
        }
    }

    /// <summary>Takes all items. The list belongs to the consumer until the next call.</summary>
    /// <param name="items">The items that were in the queue, in order.</param>
    /// <returns>False when the queue is closed and empty, so the consumer is done.</returns>
    public bool TryTakeAll(out List<T> items)
    {
        lock (_gate)
        {
            _taken.Clear();
            (_items, _taken) = (_taken, _items);
            items = _taken;
            return items.Count > 0 || !_closed;
        }
    }

    private TaskCompletionSource? TakeSignal()
    {
        TaskCompletionSource? signal = _signal;
        _signal = null;
        return signal;
    }
}
