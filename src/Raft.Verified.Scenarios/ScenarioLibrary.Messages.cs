using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

// Scenarios of messages that no correct server sends.
public static partial class ScenarioLibrary
{
    private static Scenario MalformedMessages() => new()
    {
        Name = "malformed-messages",
        LooksFor = "messages that no server can have sent, each wrong in one field, which must neither stop a server nor change it",
        Faults = "malformed messages",
        Cluster = Servers(3) with { SnapshotThreshold = 4, MaxSnapshotChunkBytes = 4 },
        Goals =
        [
            Goals.Refuses<AppendEntries>("a follower refuses a malformed append request", Role.Follower),
            Goals.Refuses<InstallSnapshot>("a follower refuses a malformed snapshot request", Role.Follower),
            Goals.Refuses<AppendEntriesReply>("a leader refuses a malformed reply", Role.Leader),
            Goals.Refuses<InstallSnapshotReply>("a leader refuses a malformed reply about a snapshot", Role.Leader),
            Goals.Refuses<RequestVote>("a leader refuses a malformed vote request", Role.Leader),
        ],
        Body = async cluster =>
        {
            Task clients = StartClients(cluster, clients: 2, commands: 10);
            for (int round = 0; round < 2; round++)
            {
                // A follower that was cut off lags behind, and then receives a snapshot in many chunks.
                SimulatedServer leader = await cluster.LeaderAsync();
                SimulatedServer lagging = cluster[Others(cluster, leader.Id)[cluster.Simulation.Choose(2, "which follower is cut off")]];
                LogIndex behind = cluster.View[lagging.Id].Log.LastIndex;
                cluster.Isolate(lagging);
                await cluster.UntilAsync(() => cluster.View[leader.Id].Log.SnapshotIndex > behind, TimeSpan.FromMilliseconds(800));
                cluster.Heal();
                for (int i = 0; i < 25; i++)
                {
                    Forge(cluster);
                    await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(6, "ms until the next")));
                }
            }

            await cluster.UntilAsync(() => clients.IsCompleted, TimeSpan.FromSeconds(2));
        },
    };

    // Sends a malformed message. Its sender is the receiver's leader, if there is one, because the receiver trusts it.
    private static void Forge(SimulatedCluster cluster)
    {
        ServerView to = cluster.View.Servers[cluster.Simulation.Choose(cluster.Servers.Count, "who gets a malformed message")];
        ServerId leader = cluster.View.LeaderOf(to.Term);
        ServerId from = leader.IsNone || leader == to.Id ? Others(cluster, to.Id)[cluster.Simulation.Choose(cluster.Servers.Count - 1, "in whose name")] : leader;
        IReadOnlyList<Message>[] kinds = Distortions.Of(from, to.Id, to.Term, to.Log);
        IReadOnlyList<Message> malformed = kinds[cluster.Simulation.Choose(kinds.Length, "which message")];
        cluster.Network.Forge(malformed[cluster.Simulation.Choose(malformed.Count, "what is wrong with it")]);
    }
}
