namespace Raft.Verified.ModelChecking;

/// <summary>The outcome of a check, or the progress of a check that still runs.</summary>
public sealed record ModelReport
{
    /// <summary>The model that was checked.</summary>
    public required ModelBounds Bounds { get; init; }

    /// <summary>The options of the search.</summary>
    public required SearchOptions Options { get; init; }

    /// <summary>The number of different states that were found, including the initial one.</summary>
    public required long States { get; init; }

    /// <summary>The number of steps that were taken, including steps that led to a known state.</summary>
    public required long Steps { get; init; }

    /// <summary>
    /// The number of levels: one more than the number of steps to the farthest state. TLC counts the depth in the same
    /// way.
    /// </summary>
    public required int Depth { get; init; }

    /// <summary>The number of inputs that the real core was given. All other steps were remembered.</summary>
    public required long RealSteps { get; init; }

    /// <summary>The number of different local states of servers.</summary>
    public required int LocalStates { get; init; }

    /// <summary>The number of different messages.</summary>
    public required int Messages { get; init; }

    /// <summary>The number of states that were found, but not expanded yet.</summary>
    public required long Queue { get; init; }

    /// <summary>The memory that the fingerprints take, in bytes.</summary>
    public required long TableBytes { get; init; }

    /// <summary>The disk space that the states in the queue and the paths to all states take, in bytes.</summary>
    public required long FileBytes { get; init; }

    /// <summary>The limit that ended the check, such as "10 MiB"; null when no limit did.</summary>
    public required string? Limit { get; init; }

    /// <summary>
    /// True when every state within the bounds was visited. False when a limit, an interruption or a violation ended
    /// the check.
    /// </summary>
    public required bool IsComplete { get; init; }

    /// <summary>The duration of the check in seconds, including the earlier parts of a resumed check.</summary>
    public required double Seconds { get; init; }

    /// <summary>The violation, with the shortest path to it; null when none was found.</summary>
    public ModelViolation? Violation { get; init; }
}
