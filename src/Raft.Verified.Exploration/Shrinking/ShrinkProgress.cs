namespace Raft.Verified.Exploration.Shrinking;

/// <summary>The progress of shrinking.</summary>
/// <param name="Pass">The name of the current pass.</param>
/// <param name="Runs">The number of candidates that were run.</param>
/// <param name="From">The number of decisions of the schedule as it was found.</param>
/// <param name="Decisions">The number of decisions of the smallest schedule so far.</param>
/// <param name="Elapsed">The real time spent on it.</param>
public readonly record struct ShrinkProgress(string Pass, int Runs, int From, int Decisions, TimeSpan Elapsed);
