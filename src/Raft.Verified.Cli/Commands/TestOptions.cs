using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>The options of <c>raft test</c>.</summary>
internal sealed record TestOptions
{
    /// <summary>The scenarios to explore.</summary>
    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    /// <summary>
    /// The regressions to replay first, of all shards together; null when <c>--regressions</c> is absent.
    /// </summary>
    public IReadOnlyList<Regression>? Regressions { get; init; }

    /// <summary>
    /// The options of the exploration. Their time limit applies to the whole run, not to each scenario.
    /// </summary>
    public required ExplorationOptions Exploration { get; init; }

    /// <summary>The number of the only schedule to run; null to run as many as the exploration allows.</summary>
    public long? Schedule { get; init; }

    /// <summary>True to write the only schedule even if it violates nothing.</summary>
    public bool Keep { get; init; }

    /// <summary>The folder for schedule files.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The factory for the command lines that the reports suggest.</summary>
    public FollowUp FollowUp { get; init; } = new();

    /// <summary>True to print the report on standard output as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>The path of the JUnit report; null to write none.</summary>
    public string? JUnitFile { get; init; }

    /// <summary>The path of the coverage page; null to write none.</summary>
    public string? CoverageFile { get; init; }

    /// <summary>The folder for traces of some schedules; null to write none.</summary>
    public string? TraceDirectory { get; init; }
}
