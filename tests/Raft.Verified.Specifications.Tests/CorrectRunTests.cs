using Raft.Verified.Specifications;
using Xunit;

namespace Raft.Verified.Tests.Specifications;

/// <summary>The other side of a check: the protocol as it is gives none of the monitors a reason.</summary>
public sealed class CorrectRunTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Random_runs_of_the_protocol_violate_nothing_and_end_well(int servers)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            RandomCluster cluster = new(servers, seed);
            cluster.RunWithFaults(steps: 1500);
            cluster.RunWithoutFaults(rounds: 200);
            Assert.Null(cluster.Monitors.Violation);
            Assert.All(Properties.Liveness, property => Assert.Null(property.Unmet(cluster.Monitors.View)));
            Assert.True(cluster.Monitors.View.MaxCommitted.Value > 0, "a run in which nothing is committed proves nothing");
        }
    }
}
