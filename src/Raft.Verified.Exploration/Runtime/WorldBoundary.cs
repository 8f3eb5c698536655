namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The boundary of the controlled world, which is one thread. A call from any other thread means that the code has left
/// the world: an await of something uncontrolled came back on a thread of its own.
/// </summary>
internal sealed class WorldBoundary
{
    // The longest real time that a busy thread pool may take to run a queued work item.
    private static readonly TimeSpan MaxPoolDelay = TimeSpan.FromSeconds(30);

    // The thread of a closed world, which no thread may touch.
    private const int NoThread = -1;

    private readonly object _gate = new();
    private int _thread = Environment.CurrentManagedThreadId;
    private volatile string? _stray;

    /// <summary>
    /// The await that has left the world, in a sentence; null while none has. May be read from any thread.
    /// </summary>
    public string? Stray => _stray;

    /// <summary>True when no thread may touch the world any more.</summary>
    public bool IsClosed => _thread == NoThread;

    /// <summary>Closes the world: no thread may touch it any more. May be called from any thread.</summary>
    public void Close() => _thread = NoThread;

    /// <summary>Checks that the current thread belongs to the world.</summary>
    /// <param name="operation">The operation that touches the world, for the finding.</param>
    /// <returns>False on a foreign thread, whose operation must not take place.</returns>
    /// <exception cref="OperationCanceledException">The world is closed.</exception>
    public bool Check(object operation)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            return true;
        }

        if (IsClosed)
        {
            throw new OperationCanceledException("the step has been ended: it did not return");
        }

        lock (_gate)
        {
            _stray ??= $"{OperationNames.Of(operation)} was resumed by a thread outside the controlled world: it awaits something that the engine does not control";
        }

        return false;
    }

    /// <summary>
    /// Waits for an await that has left the world, when no operation is enabled any more. Such an await comes back soon
    /// on another thread, and must not be reported as a deadlock. Only this method looks at real time, and only when
    /// the schedule has failed already.
    /// </summary>
    /// <returns>True when an await has left the world.</returns>
    public bool WaitForStray()
    {
        for (int i = 0; i < 100; i++)
        {
            if (HasStrayed())
            {
                return true;
            }

            Thread.Sleep(10);
        }

        // On a busy thread pool the returning await waits in the queue, so it runs before a work item that is queued now.
        TaskCompletionSource turn = new();
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
        turn.Task.Wait(MaxPoolDelay);
        Thread.Sleep(10);
        return HasStrayed();
    }

    private bool HasStrayed()
    {
        lock (_gate)
        {
            return _stray is not null;
        }
    }
}
