namespace Raft.Verified.Exploration.Shrinking;

/// <summary>The options of shrinking.</summary>
public sealed record ShrinkOptions
{
    /// <summary>
    /// The real time after which shrinking stops with the smallest schedule so far; null to continue until nothing more
    /// can be left out.
    /// </summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The callback after every run, on the thread that shrinks; null for no reports.</summary>
    public Action<ShrinkProgress>? Progress { get; init; }

    /// <summary>The limit of real time per step; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan StepTimeout { get; init; } = Runtime.StepWatchdog.DefaultLimit;

    /// <summary>A token that requests an early end with the smallest schedule so far.</summary>
    public CancellationToken Cancellation { get; init; }
}
