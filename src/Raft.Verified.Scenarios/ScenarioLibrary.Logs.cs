using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

// Scenarios of log replication (paper, sections 5.3 and 5.4).
public static partial class ScenarioLibrary
{
    private static Scenario ConcurrentProposals() => new()
    {
        Name = "concurrent-proposals",
        LooksFor = "five concurrent clients on a network that loses, repeats and reorders messages",
        Faults = "loss, duplication, delay, slow disks",
        Cluster = Servers(3) with { Faults = FaultMix.Unreliable },
        Goals = [Goals.LateAppend, Goals.DuplicateCommand, Goals.LogConflict],
        Body = cluster => StartClients(cluster, clients: 5, commands: 5),
    };

    // Several leaders in turn are cut off with entries that no other server has, until the first lags by several terms.
    private static Scenario LogBackup() => new()
    {
        Name = "log-backup",
        LooksFor = "servers with uncommitted entries of several terms, which the conflict hint leads back to the common log",
        Faults = "partitions, loss",
        Cluster = Servers(5) with { MaxEntriesPerAppend = 3, Faults = FaultMix.Reliable with { Loss = 0.05 } },
        Goals =
        [
            Goals.LogConflict,
            Goals.LogBackedUpOverTerms,
            Goals.Message("a refusal says that the log is too short", m => m is AppendEntriesReply { Success: false } refusal && refusal.ConflictTerm == Term.Zero),
            Goals.Message("a refusal names a conflicting term", m => m is AppendEntriesReply { Success: false } refusal && refusal.ConflictTerm > Term.Zero),
        ],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 4, commands: 5);
            for (int round = 0; round < 4; round++)
            {
                // A leader that is cut off still appends proposals. Leaders that were cut off earlier stay cut off.
                SimulatedServer leader = await cluster.LeaderAsync();
                LogIndex before = cluster.View[leader.Id].Log.LastIndex;
                cluster.Isolate(leader);
                await cluster.UntilAsync(() => cluster.View[leader.Id].Log.LastIndex > before + 1, TimeSpan.FromMilliseconds(300));
                await cluster.LeaderAfterAsync(leader);
            }

            // For a while, the messages that repair the logs are lost, too.
            cluster.Heal();
            await Tasks.AnyAsync(cluster.AllCaughtUpAsync(), cluster.DelayAsync(TimeSpan.FromSeconds(5)));
        },
    };

    // Without the empty entry, a new leader begins with empty requests. Followers accept them although their logs
    // continue beyond the compared entry.
    private static Scenario WithoutEmptyEntry() => new()
    {
        Name = "no-empty-entry",
        LooksFor = "leaders that append no empty entry, so that entries of older terms wait for a proposal to be committed",
        Faults = "crashes, partitions, loss, delay",
        Cluster = Servers(3) with { AppendEmptyEntryOnElection = false, MaxEntriesPerAppend = 2, Faults = FaultMix.Reliable with { Loss = 0.03, LongDelay = 0.05 } },
        Goals = [Goals.LogConflict, Goals.LongerLogVouchedFor, Goals.OldTermEntryNotCounted],

        // A leader without an entry of its own term cannot commit earlier entries (section 8). So servers catch up only
        // while commands arrive.
        Afterwards = MoreAndMoreCommands,
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 4, commands: 5);
            for (int round = 0; round < 3; round++)
            {
                // The leader appends entries alone. It returns to a leader with fewer or different entries.
                SimulatedServer leader = await cluster.LeaderAsync();
                cluster.Isolate(leader);
                await cluster.LeaderAfterAsync(leader);
                cluster.Heal();
                SimulatedServer crashing = cluster.Servers[cluster.Simulation.Choose(3, "who crashes")];
                crashing.Crash();
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(100));
                crashing.Start();
            }
        },
    };

    // The paper's Figure 8, steps (a) to (e). Requests carry one entry, so that an entry of an older term can be
    // acknowledged separately.
    private static Scenario Figure8() => new()
    {
        Name = "figure-8",
        LooksFor = "the paper's Figure 8, where an entry of an older term is on a majority and may still be overwritten",
        Faults = "crashes, partitions",
        Cluster = Servers(5) with { MaxEntriesPerAppend = 1 },
        Goals = [Goals.OldTermEntryNotCounted, Goals.LogConflict],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 3, commands: 4);
            TimeSpan patience = TimeSpan.FromMilliseconds(800);

            // (a) The leader's newest entry reaches one follower; the leader crashes.
            SimulatedServer first = await cluster.LeaderAsync();
            SimulatedServer second = cluster[Others(cluster, first.Id)[0]];
            List<ServerId> rest = [.. Others(cluster, first.Id).Where(id => id != second.Id)];
            cluster.Partition([first.Id, second.Id], rest);
            await cluster.UntilAsync(() => HoldsUncommitted(cluster, second), patience);
            first.Crash();

            // (b) One of the others leads, appends an entry that no other server receives, and crashes.
            if (await LeaderAmongAsync(cluster, rest, patience) is not { } fifth)
            {
                return;
            }

            cluster.Isolate(fifth);
            await cluster.UntilAsync(() => HoldsUncommitted(cluster, fifth), patience);
            fifth.Crash();

            // (c) The first leads again, with the second and a third. It replicates its old entry to the third, and so
            // to a majority. It crashes before or after its new entry follows.
            first.Start();
            ServerId third = rest.First(id => id != fifth.Id);
            cluster.Partition([first.Id, second.Id, third]);
            await cluster.UntilAsync(() => cluster.View[third].Log.LastIndex >= cluster.View[second.Id].Log.LastIndex, patience);
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(60, "ms until (d)")));
            first.Crash();
            second.CrashAfterSteps(1 + cluster.Simulation.Choose(6, "steps until the second crashes"));

            // (d), (e) The fifth restarts, and leads if its log allows this.
            fifth.Start();
            cluster.Heal();
            await cluster.UntilAsync(() => cluster.View[fifth.Id].Role == Role.Leader, patience);
        },
    };

    // A leader loses entries, leads again, and appends new proposals at the same indexes. A server that kept the old
    // entries may still commit them, so the outcome of the old proposals is unknown.
    private static Scenario RevivedEntry() => new()
    {
        Name = "revived-entry",
        LooksFor = "entries that their leader has lost and replaced, and that another server then commits",
        Faults = "crashes, partitions",
        Cluster = Servers(5),
        Goals = [Goals.EntryGivenUp, Goals.OlderLogElected],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 6, commands: 3);
            TimeSpan patience = TimeSpan.FromMilliseconds(800);

            // The leader's newest entries reach one follower.
            SimulatedServer first = await cluster.LeaderAsync();
            ServerId second = Others(cluster, first.Id)[0];
            List<ServerId> rest = [.. Others(cluster, first.Id).Where(id => id != second)];
            cluster.Partition([first.Id, second], rest);
            await cluster.UntilAsync(() => cluster.View[second].Log.LastIndex.Value >= cluster.View.MaxCommitted.Value + 3, patience);

            // One of the others leads. Its empty entry reaches only the first leader, and replaces the entries there.
            cluster.Partition([first.Id], [second], rest);
            if (await LeaderAmongAsync(cluster, rest, patience) is not { } third)
            {
                return;
            }

            rest.Remove(third.Id);
            cluster.Partition([first.Id, third.Id]);
            await cluster.UntilAsync(() => cluster.View[first.Id].Log.LastIndex < cluster.View[second].Log.LastIndex, patience);
            third.Crash();

            // The first leads again, but its new entries reach no other server.
            cluster.Partition([first.Id, .. rest]);
            if (!await cluster.UntilAsync(() => cluster.View[first.Id].Role == Role.Leader, patience))
            {
                return;
            }

            cluster.Partition([second, .. rest]);
            await cluster.UntilAsync(() => cluster.View[first.Id].Log.LastIndex >= cluster.View[second].Log.LastIndex, patience);

            // The second has kept the old entries, and leads the servers that have neither.
            await cluster.UntilAsync(() => cluster.View[second].Role == Role.Leader, patience);
        },
    };

    // A deposed leader leads again while replies from its earlier term are still in flight. Their content may no longer
    // be true.
    private static Scenario LateReplies() => new()
    {
        Name = "late-replies",
        LooksFor = "a re-elected leader that accepts a reply from its earlier term, although the follower has truncated its log since",
        Faults = "partitions, duplication, delay",
        Cluster = Servers(5) with { Faults = FaultMix.Reliable with { Duplication = 0.4, LongDelay = 0.4 } },
        Goals = [Goals.LogConflict, Goals.LateReply],
        Body = async cluster =>
        {
            _ = StartClients(cluster, clients: 4, commands: 4);
            TimeSpan patience = TimeSpan.FromMilliseconds(800);

            // The first leader's newest entries reach one follower, whose replies may be late.
            SimulatedServer first = await cluster.LeaderAsync();
            ServerId second = Others(cluster, first.Id)[0];
            List<ServerId> rest = [.. Others(cluster, first.Id).Where(id => id != second)];
            cluster.Partition([first.Id, second], rest);
            LogIndex common = rest.Max(id => cluster.View[id].Log.LastIndex);
            await cluster.UntilAsync(() => cluster.View[second].Log.LastIndex.Value >= common.Value + 2, patience);
            cluster.Partition([first.Id], [second], rest);

            // One of the others leads, and replaces these entries in both logs.
            if (await LeaderAmongAsync(cluster, rest, patience) is not { } third)
            {
                return;
            }

            Term taken = cluster.View[third.Id].Term;
            cluster.Heal();
            await cluster.UntilAsync(() => EndsIn(taken, first.Id) && EndsIn(taken, second), patience);

            // The first leads again. It reaches only one other server, which is too few to commit anything.
            rest.Remove(third.Id);
            cluster.Partition([first.Id, .. rest]);
            await cluster.UntilAsync(() => cluster.View[first.Id].Role == Role.Leader, patience);
            cluster.Partition([first.Id, rest[0]]);
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(900));

            bool EndsIn(Term term, ServerId server) => cluster.View[server].Log.TryTermAt(cluster.View[server].Log.LastIndex, out Term last) && last >= term;
        },
    };

    // Waits until one of these servers leads, and returns it; null when none does in time.
    private static async Task<SimulatedServer?> LeaderAmongAsync(SimulatedCluster cluster, IReadOnlyList<ServerId> servers, TimeSpan patience) =>
        await cluster.UntilAsync(() => servers.Any(id => cluster.View[id].Role == Role.Leader), patience)
            ? cluster[servers.First(id => cluster.View[id].Role == Role.Leader)]
            : null;

    private static bool HoldsUncommitted(SimulatedCluster cluster, SimulatedServer server)
    {
        ServerView view = cluster.View[server.Id];
        return view.Log.LastIndex > cluster.View.MaxCommitted;
    }
}
