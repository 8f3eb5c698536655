namespace Raft.Verified.Exploration.Shrinking;

/// <summary>How far shrinking is.</summary>
/// <param name="Pass">What is being tried now.</param>
/// <param name="Runs">How many candidates were run.</param>
/// <param name="From">The decisions of the schedule as it was found.</param>
/// <param name="Decisions">The decisions of the smallest one so far.</param>
/// <param name="Elapsed">The time spent on it.</param>
public readonly record struct ShrinkProgress(string Pass, int Runs, int From, int Decisions, TimeSpan Elapsed);
