using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>
/// The Raft tests of the MIT 6.5840 labs, parts A to D, with their names, steps, numbers and requirements of 2024. They
/// are scenarios that can be found by name. They are not part of <see cref="ScenarioLibrary"/>, because each is as long
/// as hundreds of its scenarios.
/// </summary>
public static partial class LabLibrary
{
    private const int E = 1000; // The labs' RaftElectionTimeout, in milliseconds.

    /// <summary>The tests, in the labs' order.</summary>
    public static IReadOnlyList<LabTest> All { get; } = [.. Elections(), .. Agreement(), .. Persistence(), .. Snapshots()];

    /// <summary>
    /// The tests as scenarios on the labs' network. Tests that do not count requests also run on the network that
    /// treats every message separately.
    /// </summary>
    public static IReadOnlyList<Scenario> Scenarios { get; } =
        [.. All.Select(test => test.ToScenario()), .. All.Where(test => !test.CountsRequests).Select(test => test.ToChaosScenario())];
}
