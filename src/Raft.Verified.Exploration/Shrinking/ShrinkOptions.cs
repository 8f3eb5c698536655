using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>How long to shrink, and who is told how far it is.</summary>
public sealed record ShrinkOptions
{
    /// <summary>After which time to stop with what was reached; null for when nothing more can be left out.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Told after every run, on the thread that shrinks; null for nobody.</summary>
    public Action<ShrinkProgress>? Progress { get; init; }

    /// <summary>How long a step may take, in real time; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan StepTimeout { get; init; } = Runtime.StepWatchdog.DefaultLimit;

    /// <summary>Asks for an early end, with what was reached.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>How far shrinking is.</summary>
/// <param name="Pass">What is being tried now.</param>
/// <param name="Runs">How many candidates were run.</param>
/// <param name="From">The decisions of the schedule as it was found.</param>
/// <param name="Decisions">The decisions of the smallest one so far.</param>
/// <param name="Elapsed">The time spent on it.</param>
public readonly record struct ShrinkProgress(string Pass, int Runs, int From, int Decisions, TimeSpan Elapsed);

/// <summary>What a schedule consists of.</summary>
/// <param name="Decisions">Its decisions: steps and values drawn.</param>
/// <param name="Faults">Crashes, lost and repeated messages, and what else the environment did to servers and network.</param>
/// <param name="ClientOperations">Operations that clients asked for.</param>
/// <param name="Servers">Servers of which something ran.</param>
/// <param name="Switches">How often another server or client was next.</param>
public sealed record ScheduleContents(int Decisions, int Faults, int ClientOperations, int Servers, int Switches);

/// <summary>What shrinking came to.</summary>
/// <param name="Schedule">The smallest schedule: it violates the same property, and replays as every other one does.</param>
/// <param name="Before">What the schedule consisted of that was found.</param>
/// <param name="After">What the smallest one consists of.</param>
/// <param name="Runs">How many candidates were run.</param>
/// <param name="Rounds">How many times all ways of shrinking were tried.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Complete">Whether nothing more can be left out; false when the time was up before that was known.</param>
public sealed record ShrinkResult(
    Schedule Schedule, ScheduleContents Before, ScheduleContents After, int Runs, int Rounds, double Seconds, bool Complete);

/// <summary>The schedule to be shrunk does not lead to its violation in this build.</summary>
/// <param name="message">What is different.</param>
public sealed class ScheduleNotReproducedException(string message) : Exception(message);
