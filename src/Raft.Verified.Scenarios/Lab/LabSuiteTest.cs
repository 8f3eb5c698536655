using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>A test of <c>raft lab</c>.</summary>
/// <param name="Name">The lab's name for the test.</param>
/// <param name="Scenario">The scenario that runs the test.</param>
/// <param name="Published">The published cost of the test; null when nothing was published.</param>
public sealed record LabSuiteTest(string Name, Scenario Scenario, PublishedFigures? Published);
