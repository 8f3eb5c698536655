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
