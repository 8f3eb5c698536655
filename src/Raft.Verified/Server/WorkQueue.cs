namespace Raft.Verified.Server;

/// <summary>
/// Work for one task from any number of others: a list behind a lock, and a signal. The consumer takes everything at once, which is what lets
/// writes and messages travel in groups. Made of what a systematic tester controls; a channel is not.
/// </summary>
internal sealed class WorkQueue<T>
{
    private readonly object _gate = new();
    private List<T> _items = [];
    private List<T> _taken = [];
    private TaskCompletionSource? _signal;
    private volatile bool _closed;

    /// <summary>Whether nothing more gets in.</summary>
    public bool IsClosed => _closed;

    /// <summary>Adds an item; ignored once the queue is closed.</summary>
    /// <returns>Whether it was added.</returns>
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

    /// <summary>Adds an item and, when there are more than <paramref name="limit"/>, drops the oldest.</summary>
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

    /// <summary>Ends the queue: what is in it is still taken, nothing more gets in.</summary>
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

    /// <summary>Completes when there is something to take, or the queue is closed.</summary>
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

    /// <summary>Takes everything. The list is the consumer's until it takes again.</summary>
    /// <param name="items">What was in the queue, in order.</param>
    /// <returns>False when the queue is closed and empty: the consumer is done.</returns>
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
