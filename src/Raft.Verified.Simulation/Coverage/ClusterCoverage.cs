using Raft.Verified.Exploration.Coverage;

namespace Raft.Verified.Simulation.Coverage;

/// <summary>The coverage of scenarios, in tables.</summary>
public static class ClusterCoverage
{
    /// <summary>Returns the counts of an exploration as tables: of messages, of events by role, and of faults by phase.</summary>
    /// <param name="report">The report of an exploration of a <see cref="Scenario"/>.</param>
    public static IReadOnlyList<CoverageTable> Tables(this CoverageReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return CoverageMap.Tables(report.Counts.Count == 0 ? new long[CoverageMap.Cells] : [.. report.Counts]);
    }
}
