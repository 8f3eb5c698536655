namespace Raft.Verified.Cli.Output;

/// <summary>What a test run was asked to do. Shards of one run have all of it in common but the time.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Iterations">How many schedules of each scenario, in all shards together; null for as many as the time allows.</param>
/// <param name="Seconds">How long, in seconds; null for until the iterations are done.</param>
/// <param name="MaxSteps">After how many steps an untimed schedule becomes fair; null for each scenario's own number.</param>
/// <param name="Regressions">How many schedules of past failures to replay, in all shards together; null when none were asked for.</param>
internal sealed record TestSettings(string Strategy, ulong Seed, long? Iterations, double? Seconds, int? MaxSteps, int? Regressions)
{
    /// <summary>Whether a goal that is never reached is a failure: not when the user says how many schedules to run.</summary>
    public bool GoalsMustBeReached => Iterations is null;
}
