using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Tests.Exploration;

/// <summary>Scenarios that violate a property on purpose.</summary>
internal static class Broken
{
    public const string Property = "NobodyLeads";

    /// <summary>Calls it a violation when S2 becomes the first leader.</summary>
    public static Scenario WhenTheSecondLeads(Clocks clocks = Clocks.Both) => ScenarioLibrary.Find("first-election-3")! with
    {
        Name = "broken",
        Goals = [new Goal("a leader", RaftEventKind.RoleChanged, static (in RaftEvent e, ClusterView _) => e.Role == Role.Leader)],
        Clocks = clocks,
        Body = async cluster =>
        {
            SimulatedServer leader = await cluster.LeaderAsync();
            if (leader.Id == new ServerId(2))
            {
                cluster.Simulation.Fail(Property, "S2 leads");
            }
        },
    };

    /// <summary>Runs a schedule of <see cref="WhenTheSecondLeads"/> with seed 1 alone, and says whether it fails.</summary>
    public static bool Fails(int iteration) =>
        new Explorer(WhenTheSecondLeads(), new ExplorationOptions
        {
            // A shard of its own: only this iteration.
            Iterations = iteration + 1,
            Shard = iteration,
            Shards = 1000,
            Workers = 1,
        }).Run().Violation is not null;
}
