using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>
/// The Raft tests of the MIT 6.5840 labs, parts A to D, with their names, steps, numbers and demands of 2024. They are scenarios too, found by
/// name, but not among those of <see cref="ScenarioLibrary"/>: one of them is as long as hundreds of those.
/// </summary>
public static partial class LabLibrary
{
    private const int E = 1000; // The labs' RaftElectionTimeout, in milliseconds.

    /// <summary>All tests, in the labs' order.</summary>
    public static IReadOnlyList<LabTest> All { get; } = [.. Elections(), .. Agreement(), .. Persistence(), .. Snapshots()];

    /// <summary>The tests as scenarios: on the labs' network, and those that do not count requests also on the one that treats every message by itself.</summary>
    public static IReadOnlyList<Scenario> Scenarios { get; } =
        [.. All.Select(test => test.ToScenario()), .. All.Where(test => !test.CountsRequests).Select(test => test.ToChaosScenario())];
}
