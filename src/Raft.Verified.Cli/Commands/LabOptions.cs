using Raft.Verified.Cli.Output;
using Raft.Verified.Scenarios.Lab;

namespace Raft.Verified.Cli.Commands;

/// <summary>The options of <c>raft lab</c>.</summary>
/// <param name="Tests">The tests to run.</param>
/// <param name="Runs">The number of runs per test; at least 1.</param>
/// <param name="FirstRun">The number of the first run, from 0.</param>
/// <param name="Seed">The seed of the schedules.</param>
/// <param name="Workers">The number of parallel runs; at least 1.</param>
/// <param name="OutputDirectory">The folder for schedule files.</param>
/// <param name="Json">True to print the report on standard output as JSON.</param>
/// <param name="StepTimeout">The maximum real time per step.</param>
/// <param name="FollowUp">The factory for the command lines that the report suggests.</param>
internal sealed record LabOptions(
    IReadOnlyList<LabSuiteTest> Tests, long Runs, long FirstRun, ulong Seed, int Workers, string OutputDirectory, bool Json,
    TimeSpan StepTimeout, FollowUp FollowUp);
