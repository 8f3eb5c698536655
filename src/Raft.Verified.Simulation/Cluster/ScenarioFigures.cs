using Raft.Verified.Exploration;

namespace Raft.Verified.Simulation;

/// <summary>The figures of scenarios, averaged over a suite's runs.</summary>
public static class ScenarioFigures
{
    /// <summary>
    /// Returns the average of a figure over the runs without a violation; 0 before the first of them has ended.
    /// </summary>
    /// <param name="totals">The totals of a scenario.</param>
    /// <param name="figure">The figure.</param>
    public static double Average(this SuiteTotals totals, ScenarioFigure figure)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return totals.Averages.Count == 0 ? 0 : totals.Averages[(int)figure];
    }
}
