namespace Raft.Verified.Exploration.Runtime;

/// <summary>The purpose of a run.</summary>
/// <param name="IsMonitored">Whether properties are checked. If not, the run ends with the program's body, and only exceptions and endless schedules count.</param>
/// <param name="CollectsCoverage">Whether <see cref="IExploredRun.AbstractState"/> and <see cref="IExploredRun.Counts"/> are read.</param>
public readonly record struct RunOptions(bool IsMonitored = true, bool CollectsCoverage = false);
