using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// A decision of the current schedule of a depth-first search: a step with the operations that may run there, or a draw
/// with its values. Nodes are reused for other decisions.
/// </summary>
internal sealed class DfsNode
{
    // The candidates in the order of their trial, without the sleeping ones.
    private readonly List<Candidate> _candidates = [];

    // The operations that need not run here or below, until an operation that they depend on has run. Schedules in which they
    // run first were already explored.
    private readonly List<Sleeper> _asleep = [];
    private readonly List<ulong> _environment = [];
    private int _enabled;
    private int _values;
    private int _current;
    private bool _wokeScenario;

    /// <summary>The choice to make at this visit.</summary>
    public int Choice => _values > 0 ? _current : _candidates[_current].Choice;

    /// <summary>True when everything that could run here is asleep.</summary>
    public bool IsEmpty => _candidates.Count == 0;

    /// <summary>Turns the node into a draw.</summary>
    public void BecomeDraw(int values)
    {
        _values = values;
        _current = 0;
    }

    /// <summary>Turns the node into a step.</summary>
    /// <param name="ready">The enabled operations.</param>
    /// <param name="before">The step before; null when there is none, or when sleep sets are off.</param>
    public void BecomeStep(ReadyOperations ready, DfsNode? before)
    {
        _values = 0;
        _current = 0;
        _enabled = ready.Count;
        _wokeScenario = false;
        _candidates.Clear();
        _asleep.Clear();
        _environment.Clear();
        Note(ready);
        before?.PassOn(this);
        Fill(ready);
    }

    /// <summary>Returns true when the node is a draw with this number of possibilities.</summary>
    public bool IsDrawOf(int values) => _values == values;

    /// <summary>
    /// Returns true when the node is a step with this number of operations, and the chosen one is in the same place.
    /// </summary>
    public bool IsStepOf(ReadyOperations ready) =>
        _values == 0 && _enabled == ready.Count && ready.At(_candidates[_current].Choice).Identity == _candidates[_current].Operation.Identity;

    /// <summary>Moves on to the next possibility.</summary>
    /// <returns>False when all possibilities have been tried.</returns>
    public bool MoveOn()
    {
        if (_values == 0 && !_wokeScenario)
        {
            _asleep.Add(_candidates[_current].Operation);
        }

        _wokeScenario = false;
        return ++_current < (_values > 0 ? _values : _candidates.Count);
    }

    private void PassOn(DfsNode after)
    {
        int actor = _candidates[_current].Operation.Actor;
        foreach (ulong operation in after._environment)
        {
            // The scenario waited for a condition, which sees all servers, so the order of this step and others matters.
            _wokeScenario |= !_environment.Contains(operation);
        }

        if (actor == 0 || _wokeScenario)
        {
            return;
        }

        foreach (Sleeper sleeper in _asleep)
        {
            if (sleeper.Actor != 0 && sleeper.Actor != actor)
            {
                after._asleep.Add(sleeper);
            }
        }
    }

    private void Note(ReadyOperations ready)
    {
        for (OperationKind kind = 0; (int)kind < ReadyOperations.Kinds; kind++)
        {
            foreach (ref readonly PendingOperation operation in ready[kind].Items)
            {
                if (operation.Actor == 0)
                {
                    _environment.Add(operation.Identity);
                }
            }
        }
    }

    private void Fill(ReadyOperations ready)
    {
        int position = 0;
        for (OperationKind kind = 0; (int)kind < ReadyOperations.Kinds; kind++)
        {
            foreach (ref readonly PendingOperation operation in ready[kind].Items)
            {
                Sleeper candidate = new(operation.Identity, operation.Actor);
                if (!_asleep.Contains(candidate))
                {
                    Insert(new Candidate(position, new BaseOrder(false, operation.Due, operation.Order), candidate));
                }

                position++;
            }
        }
    }

    private void Insert(Candidate candidate)
    {
        int place = _candidates.Count;
        while (place > 0 && candidate.Order.IsBefore(_candidates[place - 1].Order))
        {
            place--;
        }

        _candidates.Insert(place, candidate);
    }

    private readonly record struct Sleeper(ulong Identity, int Actor);

    private readonly record struct Candidate(int Choice, BaseOrder Order, Sleeper Operation);
}
