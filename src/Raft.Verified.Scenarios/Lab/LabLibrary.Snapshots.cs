namespace Raft.Verified.Scenarios.Lab;

// Part D: log compaction. The service takes a snapshot at every tenth index.
public static partial class LabLibrary
{
    // The labs allow 2000 bytes of Go's encoding, which are about 96 entries. A correct server keeps about ten entries.
    // The limit here is 30 entries, three times the interval of snapshots, with sizes like those of LabRaft.StateSize.
    private const int LargestState = 32 + (30 * 17);

    private static LabTest[] Snapshots() =>
    [
        Snapshot("SnapshotBasic3D", "logs are compacted, and followers keep up", lab => Common(lab, disconnect: false, crash: false)),
        Snapshot("SnapshotInstall3D", "a server that was cut off is caught up by a snapshot", lab => Common(lab, disconnect: true, crash: false)) with { Goals = [Goals.SnapshotInstalled] },
        Snapshot("SnapshotInstallUnreliable3D", "the same over an unreliable network", lab => Common(lab, disconnect: true, crash: false)) with { IsUnreliable = true, Goals = [Goals.SnapshotInstalled] },
        Snapshot("SnapshotInstallCrash3D", "a crashed server continues from its snapshot and the rest of its log", lab => Common(lab, disconnect: false, crash: true)) with { Goals = [Goals.SnapshotInstalled] },
        Snapshot("SnapshotInstallUnCrash3D", "the same over an unreliable network", lab => Common(lab, disconnect: false, crash: true)) with { IsUnreliable = true, Goals = [Goals.SnapshotInstalled] },
        Snapshot("SnapshotAllCrash3D", "nothing is lost when all servers crash", AllCrash),
        Snapshot("SnapshotInit3D", "a restarted server keeps the snapshot with which it started", Init),
    ];

    private static LabTest Snapshot(string name, string demands, Func<LabHarness, Task> body) =>
        new() { Name = name, Demands = demands, Servers = 3, TakesSnapshots = true, Body = body };

    private static async Task Common(LabHarness lab, bool disconnect, bool crash)
    {
        await lab.OneRandomAsync(lab.Count);
        int leader = await lab.CheckOneLeaderAsync();
        for (int iteration = 0; iteration < 30; iteration++)
        {
            int victim = lab.After(leader, 1);
            int sender = leader;
            if (iteration % 3 == 1)
            {
                (victim, sender) = (sender, victim);
            }

            if (disconnect)
            {
                lab.Disconnect(victim);
                await lab.OneRandomAsync(lab.Count - 1);
            }

            if (crash)
            {
                lab.Crash(victim);
                await lab.OneRandomAsync(lab.Count - 1);
            }

            await lab.StartRandomAsync(sender, 5 + lab.Random(10, "commands"));
            await lab.OneRandomAsync(disconnect || crash ? lab.Count - 1 : lab.Count);
            lab.Require(lab.LargestState < LargestState, $"log size too large: {lab.LargestState} bytes; expected less than {LargestState}");
            if (disconnect)
            {
                lab.Connect(victim);
                await lab.OneRandomAsync(lab.Count);
                leader = await lab.CheckOneLeaderAsync();
            }

            if (crash)
            {
                await RestartAndConnect(lab, victim);
                await lab.OneRandomAsync(lab.Count);
                leader = await lab.CheckOneLeaderAsync();
            }
        }
    }

    private static async Task AllCrash(LabHarness lab)
    {
        await lab.OneRandomAsync(lab.Count);
        for (int iteration = 0; iteration < 5; iteration++)
        {
            int commands = 5 + lab.Random(10, "commands");
            await AgreeOnMany(lab, commands, lab.Count);
            long before = await lab.OneRandomAsync(lab.Count);
            await RestartAll(lab);
            long after = await lab.OneRandomAsync(lab.Count);
            lab.Require(after >= before + 1, $"index {after} after all servers crashed, {before} before; expected more");
        }
    }

    private static async Task Init(LabHarness lab)
    {
        await lab.OneRandomAsync(lab.Count);
        await AgreeOnMany(lab, 11, lab.Count);
        await RestartAll(lab);
        await lab.OneRandomAsync(lab.Count);
        await RestartAll(lab);
        await lab.OneRandomAsync(lab.Count);
    }

    private static async Task RestartAll(LabHarness lab)
    {
        for (int server = 0; server < lab.Count; server++)
        {
            lab.Crash(server);
        }

        for (int server = 0; server < lab.Count; server++)
        {
            await RestartAndConnect(lab, server);
        }
    }
}
