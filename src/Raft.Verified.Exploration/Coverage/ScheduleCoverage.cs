using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Coverage;

/// <summary>The coverage of one schedule.</summary>
/// <param name="Counts">The counts of the run (<see cref="IExploredRun.Counts"/>).</param>
/// <param name="States">
/// The abstract states that the run met, without those that its worker has seen in earlier schedules. The numbers of a
/// worker's schedules rise, so earlier states are already reported when this schedule is counted.
/// </param>
/// <param name="At">For each of those states, the number of decisions after which the run met it.</param>
internal sealed record ScheduleCoverage(int[] Counts, ulong[] States, int[] At);
