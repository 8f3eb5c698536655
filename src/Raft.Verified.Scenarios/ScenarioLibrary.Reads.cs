using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.KeyValue;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

// Scenarios of reads without the log, by leaders that may have been deposed.
public static partial class ScenarioLibrary
{
    private static Scenario ReadsInHalves() => KeyValue(4) with
    {
        Name = "reads-in-halves",
        LooksFor = "a leader that answers reads although it reaches only half of four servers",
        Faults = "partitions",
        Cluster = KeyValue(4).Cluster with { Faults = FaultMix.Reliable, SnapshotBytes = 0 },
        Goals = [Goals.LeaderElected],
        Body = async cluster =>
        {
            KeyValueRun run = new(cluster);
            run.StartClient(operations: 6, (client, n) => client.PutAsync("k", $"{n}"));
            for (int i = 0; i < 3; i++)
            {
                run.StartClient(operations: 8, (client, _) => client.GetAsync("k"));
            }

            for (int round = 0; round < 2; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(100, "ms until the halves part")));
                ServerId companion = Others(cluster, leader.Id)[cluster.Simulation.Choose(3, "who stays with the leader")];
                cluster.Partition([leader.Id, companion], [.. Others(cluster, leader.Id).Where(id => id != companion)]);
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(400));
                cluster.Heal();
            }

            await run.EndAsync();
        },
    };

    // A follower that receives a snapshot answers each round of reads. Answers of one term arrive when the same server
    // leads in a later term and is cut off.
    private static Scenario ReadsInTransfer() => KeyValue(3) with
    {
        Name = "reads-in-transfer",
        LooksFor = "a leader that counts late replies to snapshot chunks of its earlier term as confirmations of its reads",
        Faults = "cuts in one direction, crashes, delay",
        Cluster = KeyValue(3).Cluster with
        {
            Faults = FaultMix.Reliable with { LongDelay = 0.3 },
            MaxSnapshotChunkBytes = 24,
            SnapshotBytes = 60,
        },
        Goals = [Goals.SnapshotInChunks, Goals.LateSnapshotReply],
        Body = async cluster =>
        {
            KeyValueRun run = new(cluster);
            run.StartClient(operations: 6, (client, n) => client.PutAsync("k", $"{n}"));
            TimeSpan patience = TimeSpan.FromMilliseconds(600);
            for (int round = 0; round < 2; round++)
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                ServerId[] others = [.. Others(cluster, leader.Id)];
                ServerId lagging = others[cluster.Simulation.Choose(2, "which follower lags behind")];
                ServerId next = others[0] == lagging ? others[1] : others[0];

                // The follower is cut off until the leader has compacted the entries that it needs.
                LogIndex behind = cluster.View[lagging].Log.LastIndex;
                cluster.Partition([leader.Id, next], [lagging]);
                await cluster.UntilAsync(() => cluster.View[leader.Id].Log.SnapshotIndex > behind, patience);
                cluster.Heal();

                // The reads start only now, so that the rounds of the first term have the same numbers as the rounds of
                // the next term.
                for (int i = 0; round == 0 && i < 3; i++)
                {
                    run.StartClient(operations: 8, async (client, _) =>
                    {
                        await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(40, "ms until the next read")));
                        await client.GetAsync("k");
                    });
                }

                await cluster.UntilAsync(() => cluster.View[lagging].InHand is InstallSnapshot, patience);
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(60, "ms of reads in the transfer")));

                // The follower does not hear the leader and stands for election, which it cannot win. The third server
                // is down, so the same leader is elected again.
                cluster.Network.Cut(leader.Id, lagging);
                cluster[next].Crash();
                Term led = cluster.View[leader.Id].Term;
                await cluster.UntilAsync(() => cluster.View[leader.Id].Role == Role.Candidate, patience);
                cluster[next].Start();
                await cluster.UntilAsync(() => cluster.View[leader.Id].Term > led && cluster.View[leader.Id].Role == Role.Leader, patience);
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(120, "ms of reads in the new term")));

                // From now on the leader receives only answers that are already in flight.
                cluster.Network.Cut(leader.Id, next);
                await cluster.DelayAsync(patience);
                cluster.Heal();
            }

            await run.EndAsync();
        },
    };
}
