using Raft.Verified.Exploration;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Scenarios.Lab.Services;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Lab;

/// <summary>Every lab test of the services above Raft, once.</summary>
public sealed class ServiceSuiteTests
{
    public static TheoryData<string> Names => [.. ServiceLibrary.All.Select(test => test.Name)];

    public static TheoryData<string> NamesElsewhere => [.. ServiceLibrary.All.Where(test => !test.IsAboutSpeed).Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_labs_test_passes(string name) => AssertPasses(Find(name).ToScenario(), "random");

    [Theory]
    [MemberData(nameof(NamesElsewhere))]
    public void The_labs_test_passes_on_the_other_network(string name) => AssertPasses(Find(name).ToChaosScenario(), "swarm");

    [Fact]
    public void All_of_them_are_there_by_the_labs_names_behind_those_of_Raft()
    {
        string[] expected =
        [
            "rsm/Basic4A", "rsm/Concurrent4A", "rsm/LeaderFailure4A", "rsm/LeaderPartition4A", "rsm/RestartReplay4A", "rsm/Shutdown4A", "rsm/RestartSubmit4A", "rsm/Snapshot4C",
            "Basic4A", "Speed4A", "Concurrent4A", "Unreliable4A", "UnreliableOneKey4A", "OnePartition4A", "ManyPartitionsOneClient4A", "ManyPartitionsManyClients4A",
            "PersistOneClient4A", "PersistConcurrent4A", "PersistConcurrentUnreliable4A", "PersistPartition4A", "PersistPartitionUnreliable4A",
            "PersistPartitionUnreliableLinearizable4A",
            "SnapshotRPC4B", "SnapshotSize4B", "Speed4B", "SnapshotRecover4B", "SnapshotRecoverManyClients4B", "SnapshotUnreliable4B", "SnapshotUnreliableRecover4B",
            "SnapshotUnreliableRecoverConcurrentPartition4B", "SnapshotUnreliableRecoverConcurrentPartitionLinearizable4B",
        ];
        Assert.Equal(expected, ServiceLibrary.All.Select(test => test.Name));
        Assert.Equal(expected, LabSuite.All.Select(test => test.Name).Skip(LabLibrary.All.Count));
        Assert.All(LabSuite.All, test => Assert.NotNull(test.Published));
        Assert.Equal("lab-rsm-leader-failure-4a", ServiceLibrary.Scenarios[2].Name);
        Assert.Equal(LabSuite.All.Count, LabSuite.All.Select(test => test.Scenario.Name).Distinct().Count());
    }

    private static ServiceTest Find(string name) => ServiceLibrary.All.Single(test => test.Name == name);

    private static void AssertPasses(Scenario scenario, string strategy)
    {
        ExplorationReport report = new Explorer(scenario, new ExplorationOptions { Strategy = strategy, Iterations = 1, Workers = 1 }).Run();
        Assert.True(report.Violation is null, $"{report.Violation?.Property}: {report.Violation?.Message}");
    }
}
