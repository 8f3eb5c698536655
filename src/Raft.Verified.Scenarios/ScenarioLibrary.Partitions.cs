using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

// Scenarios of partitions that heal.
public static partial class ScenarioLibrary
{
    private static Scenario TwoPartitions() => new()
    {
        Name = "two-partitions",
        LooksFor = "a leader in a minority partition, commands to both sides, and a network that heals",
        Faults = "partitions",
        Cluster = Servers(5),
        Goals = [Goals.TwoLeaders, Goals.LogConflict, Goals.DuplicateCommand],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 4, commands: 3);
            for (int round = 0; round < 2; round++)
            {
                ServerId leader = (await cluster.LeaderAsync()).Id;
                ServerId companion = Others(cluster, leader)[0];
                cluster.Partition([leader, companion], [.. Others(cluster, leader).Where(id => id != companion)]);
                await cluster.LeaderAfterAsync(cluster[leader]);
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(100));
                cluster.Heal();
                await cluster.UntilAsync(() => cluster.View[leader].Role != Role.Leader);
            }
        },
    };

    private static Scenario ManyPartitions() => new()
    {
        Name = "many-partitions",
        LooksFor = "seven servers in three random groups without a majority, and cuts in one direction",
        Faults = "partitions",
        Cluster = Servers(7),
        Goals = [Goals.SplitVote, Goals.TwoLeaders, Goals.LogConflict],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 3);
            await cluster.LeaderAsync();
            for (int round = 0; round < 3; round++)
            {
                List<ServerId>[] groups = [[], [], []];
                foreach (ServerId server in cluster.ServerIds)
                {
                    groups[cluster.Simulation.Choose(groups.Length, "group of a server")].Add(server);
                }

                cluster.Partition(groups);
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(500));
                await new Nemesis(cluster, NemesisActions.Partition).RunAsync(budget: 3);
                cluster.Heal();
                await cluster.LeaderAsync();
            }
        },
    };

    private static List<ServerId> Others(SimulatedCluster cluster, ServerId server) => [.. cluster.ServerIds.Where(id => id != server)];
}
