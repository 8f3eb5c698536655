using System.Runtime.InteropServices;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// Delay-bounded scheduling (Emmi, Qadeer, Rakamaric, POPL 2011): operations run in the order in which they are due,
/// the older first. A few of them, at random steps, have to wait while others overtake them. Most bugs need only one or
/// two such delays.
/// </summary>
/// <param name="maxDelays">
/// The maximum number of delays per schedule; not negative. The actual number is drawn, from 0 on.
/// </param>
public sealed class DelayStrategy(int maxDelays = 8) : RandomizedStrategy
{
    // A delay is between one step and 2^9, a few elections: lengths of all magnitudes are equally likely.
    private const int Magnitudes = 10;

    private readonly int[] _points = new int[maxDelays];
    private readonly List<DelayedOperation> _delayed = [];
    private int _delays;

    /// <inheritdoc />
    public override string Name => "delay";

    /// <inheritdoc />
    public override bool DrawsFaultMix => true;

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps)
    {
        base.Begin(seed, servers, expectedSteps);
        _delayed.Clear();
        _delays = Random.Next(maxDelays + 1);
        for (int i = 0; i < _delays; i++)
        {
            // Many schedules end long before the expected number of steps.
            _points[i] = Random.Next(Math.Max(1, expectedSteps >> Random.Next(6)));
        }
    }

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        Expire(step);
        (int choice, ulong identity) = BaseOrder.FirstOf(ready, CollectionsMarshal.AsSpan(_delayed));
        foreach (int point in _points.AsSpan(0, _delays))
        {
            if (point == step)
            {
                _delayed.Add(new DelayedOperation(identity, step + (1 << Random.Next(Magnitudes))));
                (choice, identity) = BaseOrder.FirstOf(ready, CollectionsMarshal.AsSpan(_delayed));
            }
        }

        return choice;
    }

    private void Expire(int step)
    {
        for (int i = _delayed.Count - 1; i >= 0; i--)
        {
            if (_delayed[i].Until <= step)
            {
                _delayed.RemoveAt(i);
            }
        }
    }
}
