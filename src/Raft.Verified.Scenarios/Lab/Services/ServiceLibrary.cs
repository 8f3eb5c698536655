using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>
/// The lab tests of services above Raft: the replicated state machine (rsm, 2025) and the key/value store (kvraft, with names, steps and numbers of 2024).
/// Limits that counted bytes of Go's encoding are kept as numbers and count bytes of a plain one.
/// </summary>
public static partial class ServiceLibrary
{
    /// <summary>All tests, in the labs' order.</summary>
    public static IReadOnlyList<ServiceTest> All { get; } = [.. Rsm(), .. KeyValue()];

    /// <summary>The tests as scenarios: on the labs' network, then, all but those about speed, on the other one.</summary>
    public static IReadOnlyList<Scenario> Scenarios { get; } =
        [.. All.Select(test => test.ToScenario()), .. All.Where(test => !test.IsAboutSpeed).Select(test => test.ToChaosScenario())];
}
