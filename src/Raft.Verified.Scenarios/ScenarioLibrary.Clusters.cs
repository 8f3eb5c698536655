using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

// Scenarios of clusters of an even size, and of servers with different settings.
public static partial class ScenarioLibrary
{
    // Half of the servers are not a majority. With a wrong count, both halves could elect a leader.
    private static Scenario EvenHalves(int servers) => new()
    {
        Name = $"even-halves-{servers}",
        LooksFor = $"{servers} servers in two random halves, neither of which may elect a leader or commit an entry",
        Faults = "partitions",
        Cluster = Servers(servers) with { SnapshotThreshold = 5 },
        Goals = servers == 2 ? [Goals.LeaderElected, Goals.SplitVote] : [Goals.LeaderElected, Goals.SplitVote, Goals.TwoLeaders],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 2, commands: 4);
            for (int round = 0; round < 3; round++)
            {
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(300, "ms until the halves part")));
                List<ServerId> left = [];
                List<ServerId> right = [.. cluster.ServerIds];
                while (left.Count < right.Count)
                {
                    int next = cluster.Simulation.Choose(right.Count, "who goes to the left half");
                    left.Add(right[next]);
                    right.RemoveAt(next);
                }

                cluster.Partition(left, right);
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(400));
                cluster.Heal();
            }

            await cluster.LeaderAsync();
        },
    };

    private static Scenario EvenCrashes(int servers) => new()
    {
        Name = $"even-crashes-{servers}",
        LooksFor = $"{servers} servers that compact frequently, of which half crash again and again",
        Faults = "crashes, loss, slow disks",
        Cluster = Servers(servers) with { Faults = FaultMix.Unreliable with { Loss = 0.05 }, SnapshotThreshold = 4 },
        Goals = [Goals.LeaderCrashed, Goals.UnflushedLost],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 2, commands: 4);
            for (int round = 0; round < 3; round++)
            {
                await cluster.UntilAsync(() => cluster.Leader is not null, TimeSpan.FromMilliseconds(600));
                for (int i = 0; i < servers / 2; i++)
                {
                    cluster.Servers[cluster.Simulation.Choose(servers, "who crashes")].CrashAfterSteps(1 + cluster.Simulation.Choose(30, "steps until it does"));
                }

                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(400, "ms until all are back")));
                cluster.StartAll();
            }
        },
    };

    // Draws for each life of a server whether it compacts never, always or seldom.
    private static int UnlikeThreshold(ISimulation simulation, ServerId server) => simulation.Choose(3, "entries until it compacts") switch
    {
        0 => 0,
        1 => 1,
        _ => 5,
    };

    // A leader that has not compacted sends entries that the follower has already compacted. A leader that compacts
    // sends snapshots to followers that never compact.
    private static Scenario CompactionUnlike() => new()
    {
        Name = "compaction-unlike",
        LooksFor = "frequent compaction on some servers and none on others, while one server's replies are lost and leaders crash",
        Faults = "cuts in one direction, crashes, duplication, delay",
        Cluster = Servers(3) with
        {
            ChooseSnapshotThreshold = UnlikeThreshold,
            MaxEntriesPerAppend = 4,
            Faults = FaultMix.Reliable with { Duplication = 0.05, LongDelay = 0.02 },
        },
        Goals = [Goals.SnapshotInstalled, Goals.PreviousInsideSnapshot, Goals.LeaderCrashed],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 4);
            int rounds = 1 + cluster.Simulation.Choose(2, "further rounds");
            for (int round = 0; round < rounds; round++)
            {
                if (round > 0 && cluster.Simulation.Choose(2, "cut one off altogether") == 0)
                {
                    cluster.Isolate(cluster.Servers[cluster.Simulation.Choose(3, "who is cut off")]);
                    await cluster.DelayAsync(TimeSpan.FromMilliseconds(300));
                    cluster.Heal();
                }

                // The new leader never hears this follower, so it keeps probing and does not learn the follower's log.
                SimulatedServer silent = cluster.Servers[cluster.Simulation.Choose(3, "whose replies are lost")];
                CutReplies(cluster, silent.Id);
                if (cluster.Leader is { } old && old != silent)
                {
                    old.Crash();
                    old.Start();
                }

                LogIndex before = cluster.View.MaxCommitted;
                await cluster.UntilAsync(() => cluster.View[silent.Id].AppliedIndex > before + 2, TimeSpan.FromMilliseconds(600));
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(60, "ms until they are heard again")));
                cluster.Heal();
            }
        },
    };

    // The leader has one unacknowledged entry at a time. So after each lost reply it must resend something.
    private static Scenario RepliesLost() => new()
    {
        Name = "replies-lost",
        LooksFor = "a long loss of replies of some or all followers, with one unacknowledged entry at a time",
        Faults = "cuts in one direction, loss",
        Cluster = Servers(3) with
        {
            MaxEntriesPerAppend = 1,
            MaxEntriesInFlight = 1,
            Faults = FaultMix.Reliable with { Loss = 0.05 },
        },
        Goals = [Goals.LateAppend, Goals.LeaderElected],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 4);
            for (int round = 0; round < 3; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                int whose = cluster.Simulation.Choose(4, "whose replies are lost");
                foreach (ServerId follower in Others(cluster, leader.Id))
                {
                    if (whose == 3 || follower == cluster.ServerIds[whose])
                    {
                        CutReplies(cluster, follower);
                    }
                }

                await cluster.DelayAsync(TimeSpan.FromMilliseconds(100 + cluster.Simulation.Choose(400, "ms until replies get through")));
                cluster.Heal();
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(100, "ms of peace")));
            }
        },
    };

    // Two leaders send a snapshot through the same entry, each in its own encoding. The follower already has chunks of
    // the first leader when the second begins.
    private static Scenario TransfersMixed() => new()
    {
        Name = "transfers-mixed",
        LooksFor = "a snapshot assembled from chunks of two leaders, whose snapshots of the same state differ in every byte and in length",
        Faults = "partitions, duplication, delay",
        Cluster = Servers(3) with
        {
            StateMachine = process => new JournalMachine(process.Actor, tail: 3 * process.Actor),
            MaxSnapshotChunkBytes = 12,
            Faults = FaultMix.Reliable with { Duplication = 0.05, LongDelay = 0.03 },
        },
        Goals = [Goals.SnapshotInstalled, Goals.SnapshotInChunks, Goals.SecondTransfer],
        Body = async cluster =>
        {
            for (int round = 0; round < 2; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                SimulatedServer lagging = cluster[Others(cluster, leader.Id)[cluster.Simulation.Choose(2, "which follower is cut off")]];
                LogIndex behind = cluster.View[lagging.Id].Log.LastIndex;
                cluster.Isolate(lagging);
                Task clients = StartClients(cluster, clients: 2, commands: 2);
                await cluster.UntilAsync(() => clients.IsCompleted && HaveApplied(cluster.View.MaxCommitted), TimeSpan.FromMilliseconds(800));
                foreach (SimulatedServer server in cluster.Servers)
                {
                    if (server != lagging && server is { Server: { } running, StateMachine: JournalMachine machine })
                    {
                        await running.CompactAsync(machine.LastCommand, await machine.TakeSnapshotAsync());
                    }
                }

                cluster.Heal();

                bool HaveApplied(LogIndex index) => cluster.Servers.Count(server => cluster.View[server.Id].AppliedIndex >= index) >= 2;

                // The next leader must start its own transfer, although this leader's was interrupted in the middle.
                for (int i = 0; i < 2; i++)
                {
                    if (!await cluster.UntilAsync(() => cluster.Leader is not null, TimeSpan.FromMilliseconds(600)) || cluster.Leader is not { } sending || sending == lagging)
                    {
                        break;
                    }

                    await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(60, "ms until the sender is cut off")));
                    cluster.Network.Cut(sending.Id, lagging.Id);
                    sending.Crash();
                    sending.Start();
                    await cluster.UntilAsync(() => cluster.Leader is { } next && next != sending, TimeSpan.FromMilliseconds(500));
                    cluster.Heal();
                }

                await cluster.DelayAsync(TimeSpan.FromMilliseconds(200));
            }
        },
    };

    // Cuts the links from a server to the others. The links to the server stay intact.
    private static void CutReplies(SimulatedCluster cluster, ServerId server)
    {
        foreach (ServerId other in Others(cluster, server))
        {
            cluster.Network.Cut(server, other);
        }

        cluster.Say(server, "is heard by nobody");
    }
}
