
namespace Raft.Verified.Exploration.Strategies;

/// <summary>How many new states a schedule of each way has lately brought.</summary>
internal sealed class Yield
{
    private const double Fading = 0.9;

    // Of a thousand: no way is given up, since what brings little now may bring most later.
    private const int LeastWeight = 50;

    private readonly double[] _schedules = new double[GuidedStrategy.Ways];
    private readonly double[] _states = new double[GuidedStrategy.Ways];

    /// <summary>Counts a schedule.</summary>
    public void Add(int way, int newStates)
    {
        _schedules[way]++;
        _states[way] += newStates;
    }

    /// <summary>Makes what was counted so far count less.</summary>
    public void Fade()
    {
        for (int way = 0; way < _schedules.Length; way++)
        {
            _schedules[way] *= Fading;
            _states[way] *= Fading;
        }
    }

    /// <summary>How eagerly to choose each way: the best one 1000, the others by the third power of what they bring beside it.</summary>
    public int[] Weights()
    {
        double[] means = new double[_schedules.Length];
        for (int way = 0; way < means.Length; way++)
        {
            // One that was hardly tried counts as tried once more, with a good outcome.
            means[way] = (_states[way] + 1) / (_schedules[way] + 0.01);
        }

        double best = means.Max();
        return [.. means.Select(mean => Math.Max(LeastWeight, (int)(1000 * (mean / best) * (mean / best) * (mean / best))))];
    }
}
