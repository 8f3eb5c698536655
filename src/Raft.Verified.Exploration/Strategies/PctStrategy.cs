using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010) over chains of causes instead of threads (Ozkan
/// et al., OOPSLA 2018). Every chain has a random priority, and the enabled operation of the highest one runs. At d - 1
/// random steps the chain about to run falls below all others. A bug that needs d orderings is found with a probability
/// that falls only with the d-th power of the length.
/// </summary>
/// <param name="depth">The bug depth d; at least 1.</param>
public sealed class PctStrategy(int depth = 5) : RandomizedStrategy
{
    // The priorities by the number of the chain; 0 for none drawn yet. Timers are always enabled and always restarted. As
    // chains of high priority they would starve everything else, so most stay below the messages.
    private long[] _priorities = [];
    private readonly int[] _changePoints = new int[depth - 1];
    private int _timerEagerness;
    private int _changes;

    /// <inheritdoc />
    public override string Name => "pct";

    /// <inheritdoc />
    public override bool DrawsFaultMix => true;

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps)
    {
        base.Begin(seed, servers, expectedSteps);
        Array.Clear(_priorities);
        _changes = 0;
        _timerEagerness = 1 << (2 * Random.Next(5));
        for (int i = 0; i < _changePoints.Length; i++)
        {
            _changePoints[i] = Random.Next(expectedSteps);
        }
    }

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        (int choice, int chain) = Highest(ready);
        if (_changePoints.AsSpan().Contains(step))
        {
            _priorities[chain] = --_changes;
            (choice, _) = Highest(ready);
        }

        return choice;
    }

    private (int Choice, int Chain) Highest(ReadyOperations ready)
    {
        (int choice, int chain, long highest) = (0, 0, long.MinValue);
        int position = 0;
        for (OperationKind kind = 0; (int)kind < ReadyOperations.Kinds; kind++)
        {
            foreach (ref readonly PendingOperation operation in ready[kind].Items)
            {
                int candidate = operation.Chain;
                long priority = candidate < _priorities.Length ? _priorities[candidate] : 0;
                if (priority == 0)
                {
                    priority = DrawPriority(candidate, kind);
                }

                if (priority > highest)
                {
                    (choice, chain, highest) = (position, candidate, priority);
                }

                position++;
            }
        }

        return (choice, chain);
    }

    private long DrawPriority(int chain, OperationKind kind)
    {
        if (chain >= _priorities.Length)
        {
            Array.Resize(ref _priorities, 2 * (chain + 1));
        }

        bool low = kind is OperationKind.Timer or OperationKind.Environment && Random.Next(_timerEagerness) != 0;
        long priority = (long)(Random.Next() >> 2) | 1;
        return _priorities[chain] = low ? 1 + (priority >> 32) : priority;
    }
}
