namespace Raft.Verified.Scenarios.Lab.Services;

// The rsm package of 2025: three servers, a reliable network, a counter.
public static partial class ServiceLibrary
{
    private const int Batch = 100;

    private static ServiceTest[] Rsm() =>
    [
        Rsm("Basic4A", "ten commands in sequence, with the same sums on all servers", Basic),
        Rsm("Concurrent4A", "fifty concurrent commands, each carried out once", Concurrent),
        Rsm("LeaderFailure4A", "commands continue without the leader, which catches up when it is back", LeaderFailure),
        Rsm("LeaderPartition4A", "a leader cut off with a hundred commands carries out none, and refuses them when it is back", LeaderPartition),
        Rsm("RestartReplay4A", "the log restores the state after all servers were shut down", RestartReplay),
        Rsm("Shutdown4A", "waiting callers are answered when the servers shut down", Shutdown),
        Rsm("RestartSubmit4A", "commands after a restart are not confused with earlier ones", RestartSubmit),
        Rsm("Snapshot4C", "a short log, and a state restored from the snapshot after a restart", Snapshot, maxRaftState: 1000),
    ];

    private static ServiceTest Rsm(string name, string demands, Func<RsmHarness, Task> body, int maxRaftState = -1) => new()
    {
        Name = $"rsm/{name}",
        Demands = demands,
        Servers = 3,
        MaxRaftState = maxRaftState,
        StateMachine = _ => new CounterMachine(),
        Model = () => new CounterModel(),
        Body = (cluster, test) =>
        {
            RsmHarness rsm = new(cluster, test);
            return rsm.WithinTimeLimitAsync(() => body(rsm));
        },
    };

    private static async Task Basic(RsmHarness rsm)
    {
        for (int i = 1; i <= 10; i++)
        {
            long sum = await rsm.IncAsync();
            rsm.Require(sum == i, $"Inc gave {sum}; expected {i}");
            await rsm.CheckCounterAsync(i, servers: 3);
        }
    }

    private static async Task Concurrent(RsmHarness rsm)
    {
        const int Incs = 50;
        Task<long>[] incs = new Task<long>[Incs];
        for (int i = 0; i < Incs; i++)
        {
            incs[i] = rsm.IncAsync();
        }

        List<long> sums = [];
        foreach (Task<long> inc in incs)
        {
            sums.Add(await inc);
        }

        rsm.Require(sums.Order().SequenceEqual(Enumerable.Range(1, Incs).Select(i => (long)i)), $"the sums are {string.Join(' ', sums)}; expected each from 1 to {Incs} once");
        await rsm.CheckCounterAsync(Incs, servers: 3);
    }

    private static async Task LeaderFailure(RsmHarness rsm)
    {
        await rsm.CheckCounterAsync(await rsm.IncAsync(), servers: 3);
        int leader = await rsm.LeaderAsync();
        int[] others = Others(leader);
        rsm.Partition(others, [leader]);
        long sum = await rsm.IncAsync(others);
        await rsm.CheckCounterAsync(sum, servers: 2);
        rsm.Heal();
        await rsm.CheckCounterAsync(sum, servers: 3);
    }

    private static async Task LeaderPartition(RsmHarness rsm)
    {
        await rsm.CheckCounterAsync(await rsm.IncAsync(), servers: 3);
        int leader = await rsm.LeaderAsync();
        int[] others = Others(leader);
        rsm.Partition(others, [leader]);
        Task<long?>[] decs = rsm.SubmitMany(Batch, leader, CounterCommand.Dec);
        await rsm.SleepAsync(10);
        long sum = await rsm.IncAsync(others);
        await rsm.SleepAsync(1000);
        rsm.Require(!decs.All(dec => dec.IsCompleted), "a leader that was cut off has answered all of its commands");
        rsm.Heal();
        await rsm.UntilAsync(() => decs.All(dec => dec.IsCompleted), 1000);
        rsm.Require(
            decs.All(dec => dec.IsCompleted), $"{decs.Count(dec => !dec.IsCompleted)} of {Batch} commands are not answered one second after the cut was healed");
        foreach (Task<long?> dec in decs)
        {
            rsm.Require(await dec is null, "Dec was answered as carried out");
        }

        await rsm.CheckCounterAsync(sum, servers: 3);
    }

    private static async Task RestartReplay(RsmHarness rsm)
    {
        await IncManyAsync(rsm, checkEach: true);
        await rsm.ShutDownAsync();
        await rsm.SleepAsync(1000);
        await rsm.StartAllAsync();
        long sum = await rsm.IncAsync();
        rsm.Require(sum == Batch + 1, $"Inc after the restart gave {sum}; expected {Batch + 1}");
        await rsm.SleepAsync(1000);
        await rsm.CheckCounterAsync(Batch + 1, servers: 3);
    }

    private static async Task Shutdown(RsmHarness rsm) => await ShutDownWithWaitersAsync(rsm);

    private static async Task RestartSubmit(RsmHarness rsm)
    {
        await RestartReplay(rsm);
        await ShutDownWithWaitersAsync(rsm);
        await rsm.StartAllAsync();
        long sum = await rsm.IncAsync();
        rsm.Require(sum == Batch + 2, $"Inc after the second restart gave {sum}; expected {Batch + 2}");
        await rsm.CheckCounterAsync(sum, servers: 3);
    }

    private static async Task Snapshot(RsmHarness rsm)
    {
        await IncManyAsync(rsm, checkEach: false);
        await rsm.CheckCounterAsync(Batch, servers: 3);
        rsm.CheckLogSize(factor: 2);
        rsm.Require(rsm.LargestSnapshot > 0, "there is no snapshot");
        await rsm.ShutDownAsync();
        await rsm.StartAllAsync();
        long sum = await rsm.IncAsync();
        rsm.Require(sum == Batch + 1, $"Inc after the restart gave {sum}; expected {Batch + 1}");
        await rsm.CheckCounterAsync(Batch + 1, servers: 3);
    }

    private static async Task IncManyAsync(RsmHarness rsm, bool checkEach)
    {
        for (int i = 1; i <= Batch; i++)
        {
            long sum = await rsm.IncAsync();
            rsm.Require(sum == i, $"Inc gave {sum}; expected {i}");
            if (checkEach)
            {
                await rsm.CheckCounterAsync(i, servers: 3);
            }
        }
    }

    private static async Task ShutDownWithWaitersAsync(RsmHarness rsm)
    {
        int leader = await rsm.LeaderAsync();
        Task<long?>[] nulls = rsm.SubmitMany(Batch, leader, CounterCommand.Null);
        await rsm.SleepAsync(20);

        // On a network without latency, all of these have been carried out by now. As many more are submitted, so that
        // callers wait at the shutdown.
        nulls = [.. nulls, .. rsm.SubmitMany(Batch, leader, CounterCommand.Null)];
        await rsm.ShutDownAsync();
        await rsm.UntilAsync(() => nulls.All(submitted => submitted.IsCompleted), 11_000);
        rsm.Require(
            nulls.All(submitted => submitted.IsCompleted),
            $"{nulls.Count(submitted => !submitted.IsCompleted)} of {nulls.Length} commands are not answered 11 s after the shutdown");
    }

    private static int[] Others(int server) => [.. Enumerable.Range(0, 3).Where(other => other != server)];
}
