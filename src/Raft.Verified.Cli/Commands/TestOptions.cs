using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>What <c>raft test</c> was asked to do.</summary>
internal sealed record TestOptions
{
    /// <summary>What to explore.</summary>
    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    /// <summary>The schedules of past failures to replay first, of all shards together; null when none were asked for.</summary>
    public IReadOnlyList<Regression>? Regressions { get; init; }

    /// <summary>How to explore each scenario; its time is that of the whole run.</summary>
    public required ExplorationOptions Exploration { get; init; }

    /// <summary>Where schedule files go.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>Makes the command lines to go on with.</summary>
    public FollowUp FollowUp { get; init; } = new();

    /// <summary>Whether the report on standard output is JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Where the JUnit report goes; null for nowhere.</summary>
    public string? JUnitFile { get; init; }

    /// <summary>Where the page about what was reached goes; null for nowhere.</summary>
    public string? CoverageFile { get; init; }

    /// <summary>The folder for traces of some schedules; null for none.</summary>
    public string? TraceDirectory { get; init; }
}
