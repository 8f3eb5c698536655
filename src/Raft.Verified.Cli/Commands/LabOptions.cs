using Raft.Verified.Cli.Output;
using Raft.Verified.Scenarios.Lab;

namespace Raft.Verified.Cli.Commands;

/// <summary>What <c>raft lab</c> was asked to do.</summary>
/// <param name="Tests">The tests.</param>
/// <param name="Runs">How often to run each.</param>
/// <param name="FirstRun">The number of the first run, from 0.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Workers">How many run side by side.</param>
/// <param name="OutputDirectory">Where schedule files go.</param>
/// <param name="Json">Whether the report on standard output is JSON.</param>
/// <param name="StepTimeout">How long a step may take.</param>
/// <param name="FollowUp">Makes the command lines to go on with.</param>
internal sealed record LabOptions(
    IReadOnlyList<LabSuiteTest> Tests, long Runs, long FirstRun, ulong Seed, int Workers, string OutputDirectory, bool Json,
    TimeSpan StepTimeout, FollowUp FollowUp);
