namespace Raft.Verified.Testing;

/// <summary>
/// The exception for a scenario that violates a property or never reaches a goal. Its message is the whole story: the
/// property, the end of the shrunk run, the files, and the command that replays the run.
/// </summary>
public sealed class RaftTestException : Exception
{
    internal RaftTestException(string message, string scenario, Exception? inner = null)
        : base(message, inner) => Scenario = scenario;

    /// <summary>The name of the scenario.</summary>
    public string Scenario { get; }

    /// <summary>The name of the violated property; null when only goals were not reached.</summary>
    public string? Property { get; internal init; }

    /// <summary>The message of the violation; null when only goals were not reached.</summary>
    public string? Violation { get; internal init; }

    /// <summary>The names of the goals that were never reached; empty after a violation.</summary>
    public IReadOnlyList<string> UnreachedGoals { get; internal init; } = [];

    /// <summary>
    /// The path of the schedule file as it was found; null when it was not written, which the message explains.
    /// </summary>
    public string? FoundSchedule { get; internal init; }

    /// <summary>
    /// The path of the smallest schedule file: the shrunk one, or else the one that was found; null when none was
    /// written.
    /// </summary>
    public string? Schedule { get; internal init; }

    /// <summary>The path of the readable log of the smallest schedule; null when it was not written.</summary>
    public string? Log { get; internal init; }

    /// <summary>The path of the page of the smallest schedule; null when it was not written.</summary>
    public string? Page { get; internal init; }
}
