using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

// Scenarios with all faults at once.
public static partial class ScenarioLibrary
{
    private static Scenario Chaos(int servers) => new()
    {
        Name = $"chaos-{servers}",
        LooksFor = $"{servers} servers and three clients under every fault at once, with frequent compaction",
        Faults = "loss, duplication, delay, crashes, partitions, pauses",
        Cluster = Servers(servers) with { Faults = FaultMix.Unreliable, SnapshotThreshold = 4 },

        // With two servers every commit needs both, so neither lags behind.
        Goals = servers == 2 ? [Goals.LeaderCrashed, Goals.UnflushedLost, Goals.LateAppend] :
        [
            Goals.TwoLeaders, Goals.LeaderCrashed, Goals.LogConflict, Goals.SnapshotInstalled, Goals.UnflushedLost, Goals.LateAppend,
            Goals.DuplicateCommand, Goals.OldTermEntryNotCounted, Goals.CrashDuringInstall,
        ],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 6);
            await new Nemesis(cluster, NemesisActions.All).RunAsync(budget: 24);
        },
    };
}
