namespace Raft.Verified.Exploration.Runtime;

/// <summary>The purpose of a run.</summary>
/// <param name="IsMonitored">
/// True when properties are checked. Otherwise the run ends with the program's body, and only exceptions and endless
/// schedules are findings.
/// </param>
/// <param name="CollectsCoverage">
/// True when <see cref="IExploredRun.AbstractState"/> and <see cref="IExploredRun.Counts"/> are read.
/// </param>
public readonly record struct RunOptions(bool IsMonitored = true, bool CollectsCoverage = false);
