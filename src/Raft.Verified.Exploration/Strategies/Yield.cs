
namespace Raft.Verified.Exploration.Strategies;

/// <summary>The recent number of new states per schedule of each way.</summary>
internal sealed class Yield
{
    private const double Fading = 0.9;

    // The lowest weight, out of 1000. No way is abandoned, because a way with little yield now may have the most later.
    private const int LeastWeight = 50;

    private readonly double[] _schedules = new double[GuidedStrategy.Ways];
    private readonly double[] _states = new double[GuidedStrategy.Ways];

    /// <summary>Counts a schedule.</summary>
    public void Add(int way, int newStates)
    {
        _schedules[way]++;
        _states[way] += newStates;
    }

    /// <summary>Reduces the weight of everything counted so far.</summary>
    public void Fade()
    {
        for (int way = 0; way < _schedules.Length; way++)
        {
            _schedules[way] *= Fading;
            _states[way] *= Fading;
        }
    }

    /// <summary>
    /// Returns the weight of each way: 1000 times the cube of its yield relative to the best one, but at least 50.
    /// </summary>
    public int[] Weights()
    {
        double[] means = new double[_schedules.Length];
        for (int way = 0; way < means.Length; way++)
        {
            // The summands favour a way that was hardly tried yet.
            means[way] = (_states[way] + 1) / (_schedules[way] + 0.01);
        }

        double best = means.Max();
        return [.. means.Select(mean => Math.Max(LeastWeight, (int)(1000 * (mean / best) * (mean / best) * (mean / best))))];
    }
}
