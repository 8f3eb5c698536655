namespace Raft.Verified.Exploration.Coverage;

/// <summary>What one schedule has reached.</summary>
/// <param name="Counts">How often each cell of the tables was hit, one table after the other (<see cref="CoverageMap"/>).</param>
/// <param name="States">
/// The abstract states it came through, without those that its worker has seen in earlier schedules: a worker's schedules have rising numbers,
/// so those have been told already when this one is counted.
/// </param>
/// <param name="At">After how many decisions it met each of those states.</param>
internal sealed record ScheduleCoverage(int[] Counts, ulong[] States, int[] At);
