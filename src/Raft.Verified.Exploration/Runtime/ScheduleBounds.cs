namespace Raft.Verified.Exploration.Runtime;

/// <summary>When a schedule is too long.</summary>
/// <param name="UnfairSteps">After so many steps an untimed schedule becomes fair: delays decide the order from then on.</param>
/// <param name="TotalSteps">After so many steps a schedule that has not ended never will, which is a finding.</param>
public sealed record ScheduleBounds(int UnfairSteps, int TotalSteps)
{
    /// <summary>The most unfair steps that a schedule may have.</summary>
    public const int MaxUnfairSteps = 100_000_000;

    /// <summary>So many fair steps without any time passing are a loop that no delay will end: seventy times what any scenario of the library was seen to do at one moment.</summary>
    public const int MaxStepsInAnInstant = 500_000;

    /// <summary>The most values that a step may draw, and the most operations that it may bring about: far beyond any step of the library, which do some tens. More is an endless loop.</summary>
    public const int MaxEffectsOfAStep = 100_000;

    /// <summary>Bounds from the number that users give with <c>--max-steps</c>.</summary>
    /// <param name="unfairSteps">See <see cref="UnfairSteps"/>; from 1 to <see cref="MaxUnfairSteps"/>.</param>
    public static ScheduleBounds FromUnfairSteps(int unfairSteps) => new(unfairSteps, checked((unfairSteps * 20) + 200_000));
}
