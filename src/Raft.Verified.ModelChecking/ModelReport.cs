namespace Raft.Verified.ModelChecking;

/// <summary>The outcome of a check, or of the part of it that is done.</summary>
public sealed record ModelReport
{
    /// <summary>The model that was checked.</summary>
    public required ModelBounds Bounds { get; init; }

    /// <summary>The way in which it was searched.</summary>
    public required SearchOptions Options { get; init; }

    /// <summary>The number of different states that were reached, the first one included.</summary>
    public required long States { get; init; }

    /// <summary>The number of steps that were taken from them, those that led to a known state included.</summary>
    public required long Steps { get; init; }

    /// <summary>The number of levels: one more than the steps from the first state to the farthest one, as TLC counts it.</summary>
    public required int Depth { get; init; }

    /// <summary>The number of inputs that the real core was given: every other step was remembered.</summary>
    public required long RealSteps { get; init; }

    /// <summary>The number of local states of servers that were met.</summary>
    public required int LocalStates { get; init; }

    /// <summary>The number of messages that were met.</summary>
    public required int Messages { get; init; }

    /// <summary>The number of states that were found and not yet expanded.</summary>
    public required long Queue { get; init; }

    /// <summary>The memory of the fingerprints, in bytes.</summary>
    public required long TableBytes { get; init; }

    /// <summary>The room on the disk that frontier and ways take, in bytes.</summary>
    public required long FileBytes { get; init; }

    /// <summary>The limit that ended the check; null for none.</summary>
    public required string? Limit { get; init; }

    /// <summary>True when every state within the bounds was visited; if not, a limit, an interruption or a violation ended the check.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The time it took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The shortest violation; null when none was found.</summary>
    public ModelViolation? Violation { get; init; }
}
