namespace Raft.Verified.Exploration.Runtime;

/// <summary>The operations that may run, the operations that wait for their time, and virtual time itself.</summary>
/// <param name="timed">True when delays decide the order from the beginning.</param>
internal sealed class Timeline(bool timed)
{
    private readonly OperationSet _waiting = new();

    /// <summary>The operations that may run next.</summary>
    public ReadyOperations Ready { get; } = new();

    /// <summary>The virtual time since the start, in ticks.</summary>
    public long Now { get; private set; }

    /// <summary>True when delays decide the order.</summary>
    public bool IsFair { get; private set; } = timed;

    /// <summary>Adds an operation: to those that may run, to those that wait, or to its paused process.</summary>
    public void Add(in PendingOperation operation)
    {
        if (operation.Owner is { IsPaused: true } paused)
        {
            paused.Park(in operation);
        }
        else if (IsFair && operation.Due > Now)
        {
            _waiting.Add(in operation);
        }
        else
        {
            Ready[KindOf(in operation)].Add(in operation);
        }
    }

    /// <summary>Advances virtual time until an operation may run.</summary>
    /// <returns>False when there is no operation.</returns>
    public bool Advance()
    {
        if (Ready.Count > 0)
        {
            return true;
        }

        if (_waiting.Count == 0)
        {
            return false;
        }

        ReadOnlySpan<PendingOperation> waiting = _waiting.Items;
        long next = long.MaxValue;
        foreach (ref readonly PendingOperation operation in waiting)
        {
            next = Math.Min(next, operation.Due);
        }

        // From the end to the beginning, because a later operation may move into the place of a removed one.
        Now = Math.Max(Now, next);
        for (int i = waiting.Length - 1; i >= 0; i--)
        {
            if (waiting[i].Due <= Now)
            {
                PendingOperation operation = _waiting.RemoveAt(i);
                Ready[KindOf(in operation)].Add(in operation);
            }
        }

        return true;
    }

    /// <summary>
    /// Removes and returns the chosen operation, which runs now. In untimed phases virtual time follows it.
    /// </summary>
    public PendingOperation Take(int choice)
    {
        PendingOperation operation = Ready.Remove(choice);
        if (!IsFair && operation.Due > Now)
        {
            Now = operation.Due;
        }

        return operation;
    }

    /// <summary>Begins the fair phase: delays decide the order from now on.</summary>
    public void BecomeFair()
    {
        if (IsFair)
        {
            return;
        }

        IsFair = true;
        for (OperationKind kind = OperationKind.Message; kind <= OperationKind.Environment; kind++)
        {
            OperationSet set = Ready[kind];
            while (set.Count > 0)
            {
                PendingOperation operation = set.RemoveAt(set.Count - 1);
                _waiting.Add(in operation);
            }
        }
    }

    /// <summary>Removes the operations of a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="park">True when the process keeps the operations, to continue with them later.</param>
    public void Remove(SimulatedProcess process, bool park)
    {
        for (OperationKind kind = OperationKind.Continuation; kind <= OperationKind.Environment; kind++)
        {
            Remove(Ready[kind], process, park);
        }

        Remove(_waiting, process, park);
    }

    private static OperationKind KindOf(in PendingOperation operation) =>
        operation.Continuation is not null ? OperationKind.Continuation
        : operation.Payload is VirtualTimer ? OperationKind.Timer
        : ((Operation)operation.Payload).Kind;

    private static void Remove(OperationSet set, SimulatedProcess process, bool park)
    {
        for (int i = set.Count - 1; i >= 0; i--)
        {
            if (set[i].Owner == process)
            {
                PendingOperation operation = set.RemoveAt(i);
                if (park)
                {
                    process.Park(in operation);
                }
            }
        }
    }
}
