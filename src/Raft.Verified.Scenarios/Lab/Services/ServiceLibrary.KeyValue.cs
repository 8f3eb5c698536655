using Raft.Verified.KeyValue;
using Raft.Verified.Scenarios.KeyValue;

namespace Raft.Verified.Scenarios.Lab.Services;

// kvraft, parts A and B, with the names, the schedule and the numbers of 2024.
public static partial class ServiceLibrary
{
    private static ServiceTest[] KeyValue() =>
    [
        Generic("Basic4A", "one client", new(Clients: 1)),
        Special("Speed4A", "a thousand operations one after the other, three in each heartbeat", 3, SpeedAsync) with { IsAboutSpeed = true },
        Generic("Concurrent4A", "five clients", new(Clients: 5)),
        Generic("Unreliable4A", "five clients, an unreliable network", new(Clients: 5), isUnreliable: true),
        Special("UnreliableOneKey4A", "five clients append to one key over an unreliable network", 3, UnreliableOneKeyAsync, isUnreliable: true),
        Special("OnePartition4A", "a majority makes progress, a minority none, until they are one again", 5, OnePartitionAsync),
        Generic("ManyPartitionsOneClient4A", "one client, partitions", new(Clients: 1, Partitions: true)),
        Generic("ManyPartitionsManyClients4A", "five clients, partitions", new(Clients: 5, Partitions: true)),
        Generic("PersistOneClient4A", "one client, crashes of all servers", new(Clients: 1, Crash: true)),
        Generic("PersistConcurrent4A", "five clients, crashes of all servers", new(Clients: 5, Crash: true)),
        Generic("PersistConcurrentUnreliable4A", "five clients, crashes of all servers, an unreliable network", new(Clients: 5, Crash: true), isUnreliable: true),
        Generic("PersistPartition4A", "five clients, crashes of all servers, partitions", new(Clients: 5, Crash: true, Partitions: true)),
        Generic(
            "PersistPartitionUnreliable4A", "five clients, crashes of all servers, partitions, an unreliable network",
            new(Clients: 5, Crash: true, Partitions: true), isUnreliable: true),
        Generic(
            "PersistPartitionUnreliableLinearizable4A", "fifteen clients with the same keys, seven servers, crashes, partitions, an unreliable network",
            new(Clients: 15, Crash: true, Partitions: true, RandomKeys: true), servers: 7, isUnreliable: true),

        Special("SnapshotRPC4B", "a server that was cut off is caught up by a snapshot", 3, SnapshotRpcAsync, maxRaftState: 1000),
        Special("SnapshotSize4B", "eight hundred operations leave a short log and a small snapshot", 3, SnapshotSizeAsync, maxRaftState: 1000),
        Special("Speed4B", "a thousand operations one after the other, with snapshots", 3, SpeedAsync, maxRaftState: 1000) with { IsAboutSpeed = true },
        Generic("SnapshotRecover4B", "one client, snapshots, crashes of all servers", new(Clients: 1, Crash: true), maxRaftState: 1000),
        Generic("SnapshotRecoverManyClients4B", "twenty clients, snapshots, crashes of all servers", new(Clients: 20, Crash: true), maxRaftState: 1000),
        Generic("SnapshotUnreliable4B", "five clients, snapshots, an unreliable network", new(Clients: 5), isUnreliable: true, maxRaftState: 1000),
        Generic(
            "SnapshotUnreliableRecover4B", "five clients, snapshots, crashes of all servers, an unreliable network",
            new(Clients: 5, Crash: true), isUnreliable: true, maxRaftState: 1000),
        Generic(
            "SnapshotUnreliableRecoverConcurrentPartition4B", "five clients, snapshots, crashes of all servers, partitions, an unreliable network",
            new(Clients: 5, Crash: true, Partitions: true), isUnreliable: true, maxRaftState: 1000),
        Generic(
            "SnapshotUnreliableRecoverConcurrentPartitionLinearizable4B",
            "fifteen clients with the same keys, seven servers, snapshots, crashes, partitions, an unreliable network",
            new(Clients: 15, Crash: true, Partitions: true, RandomKeys: true), servers: 7, isUnreliable: true, maxRaftState: 1000),
    ];

    private static ServiceTest Generic(
        string name, string demands, KeyValueWorkload workload, int servers = 5, bool isUnreliable = false, int maxRaftState = -1) =>
        Special(name, demands, servers, workload.RunAsync, isUnreliable, maxRaftState);

    private static ServiceTest Special(
        string name, string demands, int servers, Func<KeyValueHarness, Task> body, bool isUnreliable = false, int maxRaftState = -1) => new()
        {
            Name = name,
            Demands = demands,
            Servers = servers,
            IsUnreliable = isUnreliable,
            MaxRaftState = maxRaftState,
            StateMachine = _ => new KeyValueStateMachine(),
            Model = () => new KeyValueLogModel(),
            Body = (cluster, test) =>
            {
                KeyValueHarness kv = new(cluster, test);
                return kv.WithinTimeLimitAsync(() => body(kv));
            },
        };
}
