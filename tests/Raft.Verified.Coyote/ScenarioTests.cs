using Microsoft.Coyote.SystematicTesting;

namespace Raft.Verified.Coyote;

/// <summary>
/// The scenarios of the library as Coyote tests. <c>coyote test PATH -m NAME</c> finds a test by the name of its
/// method.
/// </summary>
public static class ScenarioTests
{
    [Test]
    public static Task FirstElection1() => ScenarioExecution.RunAsync("first-election-1");

    [Test]
    public static Task FirstElection3() => ScenarioExecution.RunAsync("first-election-3");

    [Test]
    public static Task FirstElection5() => ScenarioExecution.RunAsync("first-election-5");

    [Test]
    public static Task FirstElection7() => ScenarioExecution.RunAsync("first-election-7");

    [Test]
    public static Task LeaderCrashes() => ScenarioExecution.RunAsync("leader-crashes");

    [Test]
    public static Task LeaderIsolated() => ScenarioExecution.RunAsync("leader-isolated");

    [Test]
    public static Task ServerPaused() => ScenarioExecution.RunAsync("server-paused");

    [Test]
    public static Task VoteStorm() => ScenarioExecution.RunAsync("vote-storm");

    [Test]
    public static Task SteadyLeader() => ScenarioExecution.RunAsync("steady-leader");

    [Test]
    public static Task TwoPartitions() => ScenarioExecution.RunAsync("two-partitions");

    [Test]
    public static Task ManyPartitions() => ScenarioExecution.RunAsync("many-partitions");

    [Test]
    public static Task ConcurrentProposals() => ScenarioExecution.RunAsync("concurrent-proposals");

    [Test]
    public static Task LogBackup() => ScenarioExecution.RunAsync("log-backup");

    [Test]
    public static Task NoEmptyEntry() => ScenarioExecution.RunAsync("no-empty-entry");

    [Test]
    public static Task Figure8() => ScenarioExecution.RunAsync("figure-8");

    [Test]
    public static Task RevivedEntry() => ScenarioExecution.RunAsync("revived-entry");

    [Test]
    public static Task LateReplies() => ScenarioExecution.RunAsync("late-replies");

    [Test]
    public static Task CrashStorm() => ScenarioExecution.RunAsync("crash-storm");

    [Test]
    public static Task ClusterRestarts() => ScenarioExecution.RunAsync("cluster-restarts");

    [Test]
    public static Task OrderlyShutdown() => ScenarioExecution.RunAsync("orderly-shutdown");

    [Test]
    public static Task CallsAnswered() => ScenarioExecution.RunAsync("calls-answered");

    [Test]
    public static Task CallsBehindSnapshot() => ScenarioExecution.RunAsync("calls-behind-snapshot");

    [Test]
    public static Task CrashInWrite() => ScenarioExecution.RunAsync("crash-in-write");

    [Test]
    public static Task MinorityDown() => ScenarioExecution.RunAsync("minority-down");

    [Test]
    public static Task CompactionAlways() => ScenarioExecution.RunAsync("compaction-always");

    [Test]
    public static Task CompactionAhead() => ScenarioExecution.RunAsync("compaction-ahead");

    [Test]
    public static Task CompactionInside() => ScenarioExecution.RunAsync("compaction-inside");

    [Test]
    public static Task SnapshotInstall() => ScenarioExecution.RunAsync("snapshot-install");

    [Test]
    public static Task SnapshotRepeated() => ScenarioExecution.RunAsync("snapshot-repeated");

    [Test]
    public static Task Chaos3() => ScenarioExecution.RunAsync("chaos-3");

    [Test]
    public static Task MalformedMessages() => ScenarioExecution.RunAsync("malformed-messages");

    [Test]
    public static Task Chaos5() => ScenarioExecution.RunAsync("chaos-5");

    [Test]
    public static Task KvSessions() => ScenarioExecution.RunAsync("kv-sessions");

    [Test]
    public static Task KvReads() => ScenarioExecution.RunAsync("kv-reads");

    [Test]
    public static Task ReadsAfterHeal() => ScenarioExecution.RunAsync("reads-after-heal");

    [Test]
    public static Task LateAcknowledgements() => ScenarioExecution.RunAsync("late-acknowledgements");

    [Test]
    public static Task KvSnapshots() => ScenarioExecution.RunAsync("kv-snapshots");

    [Test]
    public static Task KvLimits() => ScenarioExecution.RunAsync("kv-limits");

    [Test]
    public static Task LateTimers() => ScenarioExecution.RunAsync("late-timers");

    [Test]
    public static Task ClockRates() => ScenarioExecution.RunAsync("clock-rates");

    [Test]
    public static Task TransportFails() => ScenarioExecution.RunAsync("transport-fails");

    [Test]
    public static Task TransportHangs() => ScenarioExecution.RunAsync("transport-hangs");

    [Test]
    public static Task DiskFails() => ScenarioExecution.RunAsync("disk-fails");

    [Test]
    public static Task StateMachineFails() => ScenarioExecution.RunAsync("state-machine-fails");

    [Test]
    public static Task StateMachineSlow() => ScenarioExecution.RunAsync("state-machine-slow");

    [Test]
    public static Task PowerCuts() => ScenarioExecution.RunAsync("power-cuts");

    [Test]
    public static Task RestartBoundaries() => ScenarioExecution.RunAsync("restart-boundaries");

    [Test]
    public static Task PartHangs() => ScenarioExecution.RunAsync("part-hangs");

    [Test]
    public static Task FirstElection2() => ScenarioExecution.RunAsync("first-election-2");

    [Test]
    public static Task FirstElection4() => ScenarioExecution.RunAsync("first-election-4");

    [Test]
    public static Task FirstElection6() => ScenarioExecution.RunAsync("first-election-6");

    [Test]
    public static Task EvenHalves2() => ScenarioExecution.RunAsync("even-halves-2");

    [Test]
    public static Task EvenHalves4() => ScenarioExecution.RunAsync("even-halves-4");

    [Test]
    public static Task EvenCrashes4() => ScenarioExecution.RunAsync("even-crashes-4");

    [Test]
    public static Task EvenCrashes6() => ScenarioExecution.RunAsync("even-crashes-6");

    [Test]
    public static Task Chaos2() => ScenarioExecution.RunAsync("chaos-2");

    [Test]
    public static Task Chaos4() => ScenarioExecution.RunAsync("chaos-4");

    [Test]
    public static Task CompactionUnlike() => ScenarioExecution.RunAsync("compaction-unlike");

    [Test]
    public static Task RepliesLost() => ScenarioExecution.RunAsync("replies-lost");

    [Test]
    public static Task TransfersMixed() => ScenarioExecution.RunAsync("transfers-mixed");

    [Test]
    public static Task ReadsInHalves() => ScenarioExecution.RunAsync("reads-in-halves");

    [Test]
    public static Task ReadsInTransfer() => ScenarioExecution.RunAsync("reads-in-transfer");

    [Test]
    public static Task TypedMachine() => ScenarioExecution.RunAsync("typed-machine");
}
