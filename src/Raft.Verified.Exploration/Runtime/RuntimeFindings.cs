namespace Raft.Verified.Exploration.Runtime;

/// <summary>What the engine itself can find, named like the properties.</summary>
public static class RuntimeFindings
{
    /// <summary>Nothing is enabled and the scenario has not ended.</summary>
    public const string Deadlock = "Deadlock";

    /// <summary>A task awaited something that the engine does not control.</summary>
    public const string UncontrolledAwait = "UncontrolledAwait";

    /// <summary>The schedule does not end, not even when it is fair.</summary>
    public const string Unbounded = "UnboundedSchedule";

    /// <summary>A step of the schedule does not return: an endless loop, or a wait that blocks the thread.</summary>
    public const string StepDoesNotReturn = "StepDoesNotReturn";

    /// <summary>An operation or a task of the program failed with an exception that nobody caught.</summary>
    public const string Fault = "NoFault";

    /// <summary>The same decisions did not lead to the same events.</summary>
    public const string Nondeterminism = "Determinism";
}

/// <summary>When a schedule is too long.</summary>
/// <param name="UnfairSteps">After so many steps an untimed schedule becomes fair: delays decide the order from then on.</param>
/// <param name="MaxSteps">After so many steps a schedule that has not ended never will, which is a finding.</param>
public sealed record ScheduleBounds(int UnfairSteps, int MaxSteps)
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

/// <summary>Told of every decision, with its readable label. For replay and for writing schedules; exploration does without.</summary>
public interface IDecisionLog
{
    /// <summary>The next operation runs at this virtual time. Said before each; who does not show times need not listen.</summary>
    /// <param name="now">Virtual time since the start; it never falls.</param>
    void TimeIs(TimeSpan now)
    {
    }

    /// <summary>An operation is about to run.</summary>
    /// <param name="choice">Which of the enabled ones.</param>
    /// <param name="enabled">How many there were.</param>
    /// <param name="label">What it does.</param>
    void Choosing(int choice, int enabled, string label);

    /// <summary>That operation has run.</summary>
    /// <param name="fingerprint">The event hash after it.</param>
    void Ran(ulong fingerprint);

    /// <summary>A value was drawn.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bound">The number of possible ones.</param>
    /// <param name="what">What it decides.</param>
    /// <param name="fingerprint">The event hash after it.</param>
    void Drew(int value, int bound, string what, ulong fingerprint);
}
