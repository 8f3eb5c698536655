using Raft.Verified.Protocol;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>
/// The base of the harnesses for lab tests of services: operations on the cluster, with servers numbered from 0, and
/// failures.
/// </summary>
internal abstract class ServiceHarness(SimulatedCluster cluster, ServiceTest test)
{
    private const int StateHeaderLength = 32; // Term, vote, and the snapshot's index and term: 8 bytes each.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(120);

    /// <summary>The number of servers.</summary>
    public int Count => Cluster.Servers.Count;

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Now => Cluster.Simulation.Now;

    /// <summary>
    /// The size in bytes of the largest Raft state on any disk, without its snapshot, in a plain fixed-width encoding.
    /// </summary>
    public int LargestState => Cluster.Servers.Max(server => StateHeaderLength + server.Disk.Log.Sum(entry => entry.Size));

    /// <summary>The size in bytes of the largest snapshot on any disk; 0 without a snapshot.</summary>
    public int LargestSnapshot => Cluster.Servers.Max(server => server.Disk.Snapshot?.Data.Length ?? 0);

    protected SimulatedCluster Cluster { get; } = cluster;

    protected ServiceTest Test { get; } = test;

    public int Random(int bound, string what) => Cluster.Simulation.Choose(bound, what);

    public bool Happens(int percent, string what) => Random(100, what) < percent;

    public Task SleepAsync(int milliseconds) => Cluster.DelayAsync(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Starts a task that runs concurrently with the test.</summary>
    public Task Run(string name, Func<Task> body) => Cluster.Start(name, body);

    /// <summary>Waits until a condition holds, for at most a duration in milliseconds.</summary>
    public Task<bool> UntilAsync(Func<bool> condition, int milliseconds) => Cluster.UntilAsync(condition, TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Waits for a leader and returns the number of the leader of the newest term.</summary>
    public async Task<int> LeaderAsync() => (await Cluster.LeaderAsync()).Id.Value - 1;

    /// <summary>Divides the servers into groups.</summary>
    public void Partition(params int[][] groups) => Cluster.Partition([.. groups.Select(group => group.Select(Id).ToArray())]);

    public void Heal() => Cluster.Heal();

    public void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw Failure(otherwise);
        }
    }

    /// <summary>Creates the exception for a failed test, to be thrown.</summary>
    public Exception Failure(string message)
    {
        Cluster.Simulation.Fail(Test.Name, message);
        return new LabFailureException($"{Test.Name}: {message}");
    }

    /// <summary>
    /// Checks that the log is at most a factor times the given size. Without a given size, there must be no snapshots.
    /// </summary>
    public void CheckLogSize(int factor)
    {
        if (Test.MaxRaftState > 0)
        {
            Require(LargestState <= factor * Test.MaxRaftState, $"a raft state has {LargestState} bytes; expected at most {factor} x {Test.MaxRaftState}");
        }
        else
        {
            Require(Cluster.Servers.All(server => server.Disk.Snapshot is null), "there is a snapshot although logs are never to be compacted");
        }
    }

    /// <summary>Runs an action and checks the labs' time limit.</summary>
    public async Task WithinTimeLimitAsync(Func<Task> body)
    {
        await body();
        Require(Now <= TimeLimit, $"the test took {Now.TotalSeconds:F1} s; expected at most {TimeLimit.TotalSeconds} s");
    }

    protected ServerId Id(int server) => Cluster.ServerIds[server];
}
