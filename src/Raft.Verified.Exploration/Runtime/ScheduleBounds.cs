namespace Raft.Verified.Exploration.Runtime;

/// <summary>The bounds beyond which a schedule is too long.</summary>
/// <param name="UnfairSteps">
/// The number of steps after which an untimed schedule becomes fair: delays decide the order from then on.
/// </param>
/// <param name="TotalSteps">The number of steps after which a schedule that has not ended is a finding.</param>
public sealed record ScheduleBounds(int UnfairSteps, int TotalSteps)
{
    /// <summary>The number of unfair steps of a program that names none.</summary>
    internal const int DefaultUnfairSteps = 3000;

    /// <summary>The maximum of unfair steps per schedule.</summary>
    public const int MaxUnfairSteps = 100_000_000;

    /// <summary>
    /// The limit on fair steps at one instant of virtual time, about 70 times the observed maximum. Beyond it the
    /// schedule is treated as an endless loop.
    /// </summary>
    public const int MaxStepsInAnInstant = 500_000;

    /// <summary>
    /// The limit on values drawn and on operations created per step. Steps of the library need some tens; beyond the
    /// limit the step is treated as an endless loop.
    /// </summary>
    public const int MaxEffectsOfAStep = 100_000;

    /// <summary>Returns the bounds for the number that users give with <c>--max-steps</c>.</summary>
    /// <param name="unfairSteps">
    /// The value of <see cref="UnfairSteps"/>, from 1 to <see cref="MaxUnfairSteps"/>.
    /// </param>
    public static ScheduleBounds FromUnfairSteps(int unfairSteps) => new(unfairSteps, checked((unfairSteps * 20) + 200_000));
}
