using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>
/// The lab tests of services above Raft: the replicated state machine (rsm, 2025) and the key/value store (kvraft, with
/// names, steps and numbers of 2024). The byte limits are those of the labs. Sizes are computed for a plain fixed-width
/// encoding, not for Go's.
/// </summary>
public static partial class ServiceLibrary
{
    /// <summary>The tests, in the labs' order.</summary>
    public static IReadOnlyList<ServiceTest> All { get; } = [.. Rsm(), .. KeyValue()];

    /// <summary>
    /// The tests as scenarios: first on the labs' network, then, except for tests of speed, on the chaos network.
    /// </summary>
    public static IReadOnlyList<Scenario> Scenarios { get; } =
        [.. All.Select(test => test.ToScenario()), .. All.Where(test => !test.IsAboutSpeed).Select(test => test.ToChaosScenario())];
}
