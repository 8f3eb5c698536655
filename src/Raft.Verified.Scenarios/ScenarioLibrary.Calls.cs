using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

// Scenarios of callers that never give up and never retry, so that a forgotten call is noticed.
public static partial class ScenarioLibrary
{
    private const int Caller = 2; // The client of one more command, afterwards, is number 1.

    private static Scenario CallsAnswered() => new()
    {
        Name = "calls-answered",
        LooksFor = "a call that is never answered, or refused for the wrong reason, when its server is deposed, cut off, paused or stopped",
        Faults = "partitions, pauses, shutdowns",
        Cluster = Servers(3),
        Goals =
        [
            Goals.EntryGivenUp,
            Goals.ProposalRefused("a proposal is superseded", ProposalRefusalReason.Superseded),
            Goals.ProposalRefused("a proposal is refused because the server stops", ProposalRefusalReason.Stopped),
            new Goal("a leader is deposed before it can answer a read", RaftEventKind.ReadRefused,
                static (in RaftEvent e, ClusterView _) => e.Subject is ReadRefusedException { Reason: ReadRefusalReason.LeadershipLost }),
            new Goal("a compaction takes effect", RaftEventKind.LogCompacted, static (in RaftEvent _, ClusterView _) => true),
        ],
        Body = async cluster =>
        {
            Task calls = cluster.Start("callers", () => CallAsync(cluster, bursts: 6));
            Task faults = new Nemesis(cluster, NemesisActions.Partition | NemesisActions.Pause) { MaxPause = 200 }.RunAsync(budget: 8);
            await faults;
            cluster.Heal();
            foreach (SimulatedServer server in cluster.Servers)
            {
                server.Resume();
            }

            await calls;
            SimulatedServer stopping = cluster.Servers[cluster.Simulation.Choose(3, "which server stops")];
            CallAll(cluster, stopping, firstSequence: 100);
            await stopping.StopAsync();
            stopping.Start();
        },
    };

    // The next leader's snapshot ends before the index of the old leader's proposals. No later entry shows the old
    // leader that they were superseded.
    private static Scenario CallsBehindSnapshot() => new()
    {
        Name = "calls-behind-snapshot",
        LooksFor = "a proposal that is never answered, because its server learns of the next leader's log only from a snapshot",
        Faults = "partition of the leader",
        Cluster = Servers(3) with { SnapshotThreshold = 1 },
        Goals =
        [
            Goals.SnapshotInstalled,
            Goals.ProposalRefused("a proposal is superseded", ProposalRefusalReason.Superseded),
        ],
        Body = async cluster =>
        {
            SimulatedServer leader = await cluster.LeaderAsync();
            cluster.Isolate(leader);
            for (int burst = 0; burst < 4; burst++)
            {
                CallAll(cluster, leader, firstSequence: 1 + (8 * burst));
            }

            SimulatedServer next = await cluster.LeaderAfterAsync(leader);
            CallAll(cluster, next, firstSequence: 1);
            await cluster.UntilAsync(() => next.Calls.Count() == 0, TimeSpan.FromMilliseconds(300));
            cluster.Heal();
        },
        Afterwards = static _ => Task.CompletedTask,
    };

    // Calls all leaders, old and new, and sometimes other servers, which refuse at once.
    private static async Task CallAsync(SimulatedCluster cluster, int bursts)
    {
        await cluster.LeaderAsync();
        for (int burst = 0; burst < bursts; burst++)
        {
            foreach (SimulatedServer server in cluster.Servers)
            {
                if (cluster.View[server.Id].Role == Role.Leader || cluster.Simulation.Choose(6, "call one that does not lead") == 0)
                {
                    CallAll(cluster, server, firstSequence: 1 + (8 * burst));
                }
            }

            await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(150, "ms until more calls")));
        }
    }

    // The calls are made at one moment, so that they reach the server's core in one batch.
    private static void CallAll(SimulatedCluster cluster, SimulatedServer called, long firstSequence)
    {
        if (called is not { Server: { } server, StateMachine: JournalMachine machine, Calls: var calls })
        {
            return;
        }

        for (int i = 0; i < 3; i++)
        {
            calls.Add(CallKind.Proposal, server.ProposeAsync(JournalState.Command(Caller + called.Id.Value, firstSequence + i)));
        }

        Task<ProposalAcceptance> submission = server.SubmitAsync(JournalState.Command(Caller + called.Id.Value, firstSequence + 3));
        calls.Add(CallKind.Proposal, submission);
        calls.Add(CallKind.Proposal, cluster.Start("submitter", () => OutcomeOf(submission)), isDirect: false);
        calls.Add(CallKind.Read, server.ReadAsync(static () => 0));
        calls.Add(CallKind.Read, server.ReadAsync(static () => 0));

        // The state machine is never behind the applied index. It is ahead only on an engine whose steps are small enough.
        LogIndex applied = server.GetStatus().AppliedIndex;
        ValueTask<ReadOnlyMemory<byte>> snapshot = machine.TakeSnapshotAsync();
        bool isStateAtIndex = snapshot.IsCompletedSuccessfully && machine.LastCommand <= applied;
        if (isStateAtIndex && cluster.Simulation.Choose(3, "compact, too") == 0)
        {
            calls.Add(CallKind.Compaction, server.CompactAsync(applied, snapshot.Result));
        }
    }

    private static async Task OutcomeOf(Task<ProposalAcceptance> submission)
    {
        await Tasks.AnyAsync(submission);
        if (submission.IsCompletedSuccessfully)
        {
            await Tasks.AnyAsync((await submission).Completion);
        }
    }
}
