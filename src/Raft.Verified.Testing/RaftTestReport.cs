using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing;

/// <summary>The report of a test that found nothing. Its text is one line, for the output of the test.</summary>
public sealed record RaftTestReport
{
    /// <summary>The name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>The number of schedules that were explored.</summary>
    public required long Schedules { get; init; }

    /// <summary>The number of decisions in these schedules: steps of the engine and values drawn.</summary>
    public required long Decisions { get; init; }

    /// <summary>The real time of the exploration.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>The goals, in the order of the scenario, each with the number of schedules that reached it.</summary>
    public required IReadOnlyList<(string Name, long Count)> Goals { get; init; }

    /// <summary>The number of regressions that were replayed before the exploration.</summary>
    public required int Regressions { get; init; }

    /// <summary>The folder of the regressions; null when there is none.</summary>
    public required string? RegressionFolder { get; init; }

    /// <inheritdoc />
    public override string ToString()
    {
        string regressions = RegressionFolder is null ? "" : $", {Format.Count(Regressions, "regression")} of {RegressionFolder}";
        return $"{Scenario}: nothing found in {Format.Count(Schedules, "schedule")} with {Format.Count(Decisions, "decision")} in {Format.Seconds(Time.TotalSeconds)}"
            + $", goals {Goals.Count(goal => goal.Count > 0)}/{Goals.Count}{regressions}";
    }
}
