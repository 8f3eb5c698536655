using Raft.Verified.Exploration;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

/// <summary>The simulated world when a part of a server fails, and when a process dies.</summary>
public sealed class PartFaultTests
{
    [Fact]
    public void A_process_that_dies_leaves_what_it_wrote_to_the_next_start() => Holds(FaultMix.Reliable, async cluster =>
    {
        SimulatedServer server = await UnflushedAsync(cluster);
        int written = server.Disk.UnflushedParts;
        Expect(cluster, server.Disk.CurrentTerm.Value == 0, "something is flushed although the disk hangs");
        server.Crash(CrashKind.Process);
        Expect(cluster, server.Disk.UnflushedParts == written, $"{written} parts were written, {server.Disk.UnflushedParts} are left");
        server.Start();
        await cluster.UntilAsync(() => cluster.View[server.Id].IsRunning);
        Expect(cluster, server.Disk.CurrentTerm.Value > 0, "the term that the start found is not flushed");
    });

    [Fact]
    public void A_power_cut_also_takes_what_a_dead_process_left_in_the_page_cache() => Holds(FaultMix.Reliable, async cluster =>
    {
        SimulatedServer server = await UnflushedAsync(cluster);
        server.Crash(CrashKind.Process);
        server.Crash(CrashKind.PowerCut);
        Expect(cluster, server.Disk.UnflushedParts == 0, "a power cut leaves nothing unflushed");
    });

    [Fact]
    public void A_server_whose_storage_failed_comes_back_by_itself()
    {
        int failed = 0;
        Holds(FaultMix.Reliable with { Parts = new PartFaults { WriteFault = 0.3, LoadFault = 0.3 } }, async cluster =>
        {
            // Some schedules draw a mix without this fault.
            bool hasFailed = await cluster.UntilAsync(() => cluster.Servers.Any(server => server.FailedPart == FailingPart.Storage), TimeSpan.FromSeconds(2));
            failed += hasFailed ? 1 : 0;
            cluster.StopFaults();
            await cluster.UntilAsync(() => cluster.Servers.All(server => server.FailedPart is null && cluster.View[server.Id].IsRunning));
        });
        Assert.InRange(failed, 10, 100);
    }

    [Fact]
    public void A_call_that_hangs_comes_back_when_the_faults_end() => Holds(FaultMix.Reliable, async cluster =>
    {
        foreach (SimulatedServer server in cluster.Servers)
        {
            cluster.Hangs.HangPart(server.Id, FailingPart.Storage);
        }

        Expect(cluster, !await cluster.UntilAsync(() => cluster.Leader is not null, TimeSpan.FromSeconds(5)), "a leader without a single write");
        cluster.StopFaults();
        await cluster.LeaderAsync();
    });

    private static async Task<SimulatedServer> UnflushedAsync(SimulatedCluster cluster)
    {
        SimulatedServer server = cluster.Servers[0];
        cluster.Hangs.HangPart(server.Id, FailingPart.Storage);
        await cluster.UntilAsync(() => server.Disk.UnflushedParts > 0);
        return server;
    }

    private static void Expect(SimulatedCluster cluster, bool holds, string otherwise)
    {
        if (!holds)
        {
            cluster.Simulation.Fail("Expected", otherwise);
        }
    }

    // In a hundred schedules of all strategies and both clocks.
    private static void Holds(FaultMix faults, Func<SimulatedCluster, Task> body)
    {
        Scenario scenario = ScenarioLibrary.Find("first-election-3")!;
        ExplorationReport report = new Explorer(
            scenario with { Cluster = scenario.Cluster with { Faults = faults }, Goals = [], Body = body }, new ExplorationOptions { Iterations = 100, Workers = 1 }).Run();

        Assert.True(report.Violation is null, report.Violation?.Message);
        Assert.Equal(100, report.Iterations);
    }
}
