namespace Raft.Verified.Cli.Output;

/// <summary>The settings of a test run. All shards of a run have the same settings, except for the time.</summary>
/// <param name="Strategy">The name of the strategy.</param>
/// <param name="Seed">The seed of the schedules.</param>
/// <param name="Iterations">The number of schedules per scenario, over all shards; null for no limit.</param>
/// <param name="Seconds">The time limit in seconds; null for no limit.</param>
/// <param name="MaxSteps">
/// The number of steps after which an untimed schedule becomes fair; null for the scenario's number.
/// </param>
/// <param name="Regressions">
/// The number of regressions to replay, over all shards; null when the run has none to replay.
/// </param>
internal sealed record TestSettings(string Strategy, ulong Seed, long? Iterations, double? Seconds, int? MaxSteps, int? Regressions)
{
    /// <summary>The number of the only schedule that the run has; null when it has others.</summary>
    public long? Schedule { get; init; }

    /// <summary>
    /// True when an unreached goal is a failure; false when the user sets the number of schedules, which may be too
    /// small.
    /// </summary>
    public bool GoalsMustBeReached => Iterations is null;
}
