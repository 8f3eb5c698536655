using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010) over chains of causes instead of threads (Ozkan et al., OOPSLA 2018): every
/// chain has a random priority, the enabled operation of the highest one runs, and at d - 1 random steps the chain about to run
/// falls below all others. A bug that needs d orderings is found with a probability that falls only with the d-th power of the length.
/// </summary>
/// <param name="depth">The bug depth d; at least 1.</param>
public sealed class PctStrategy(int depth = 5) : RandomizedStrategy
{
    // Chains in the order of their numbers. Timers are always enabled and always come again: as chains of high priority they would starve
    // everything else, so most stay below the messages, and run when nothing else can.
    private readonly List<long> _priorities = [];
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
        _priorities.Clear();
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
            int count = ready.CountOf(kind);
            for (int i = 0; i < count; i++, position++)
            {
                int candidate = ready.ChainOf(kind, i);
                long priority = PriorityOf(candidate, kind);
                if (priority > highest)
                {
                    (choice, chain, highest) = (position, candidate, priority);
                }
            }
        }

        return (choice, chain);
    }

    private long PriorityOf(int chain, OperationKind kind)
    {
        while (_priorities.Count <= chain)
        {
            _priorities.Add(0);
        }

        if (_priorities[chain] == 0)
        {
            bool low = kind is OperationKind.Timer or OperationKind.Environment && Random.Next(_timerEagerness) != 0;
            _priorities[chain] = (long)(Random.Next() >> 2) | 1;
            if (low)
            {
                _priorities[chain] = 1 + (_priorities[chain] >> 32);
            }
        }

        return _priorities[chain];
    }
}
