namespace Raft.Verified.ModelChecking;

/// <summary>What a check has come to.</summary>
public sealed record ModelReport
{
    /// <summary>What was checked.</summary>
    public required ModelBounds Bounds { get; init; }

    /// <summary>How it was searched.</summary>
    public required SearchOptions Options { get; init; }

    /// <summary>How many different states were reached, the first one included.</summary>
    public required long States { get; init; }

    /// <summary>How many steps were taken from them, those that led to a known state included.</summary>
    public required long Steps { get; init; }

    /// <summary>How many steps the farthest state is away from the first one, plus one, as TLC counts it.</summary>
    public required int Depth { get; init; }

    /// <summary>How many inputs the real core was given: every other step was remembered.</summary>
    public required long RealSteps { get; init; }

    /// <summary>How many local states of servers were met.</summary>
    public required int LocalStates { get; init; }

    /// <summary>How many messages were met.</summary>
    public required int Messages { get; init; }

    /// <summary>How many states were found and not yet expanded.</summary>
    public required long Queue { get; init; }

    /// <summary>The memory of the fingerprints, in bytes.</summary>
    public required long TableBytes { get; init; }

    /// <summary>The room on the disk that frontier and ways take, in bytes.</summary>
    public required long FileBytes { get; init; }

    /// <summary>The limit that ended the check; null for none.</summary>
    public required string? Limit { get; init; }

    /// <summary>Whether every state within the bounds was visited; if not, a limit, an interruption or a violation ended the check.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The time it took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The shortest violation; null when none was found.</summary>
    public ModelViolation? Violation { get; init; }
}
