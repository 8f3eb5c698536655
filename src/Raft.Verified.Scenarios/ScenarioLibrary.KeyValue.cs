using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.KeyValue;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

// Scenarios of the key/value store: sessions, reads without the log, and snapshots. The network also repeats the
// clients' requests. The clients' histories are checked for linearizability.
public static partial class ScenarioLibrary
{
    private static Scenario KeyValueSessions() => KeyValue(3, sessionLifetime: 12, new KeyValueLimits { MaxEndedSessions = 1 }) with
    {
        Name = "kv-sessions",
        LooksFor = "appends that take effect twice, when requests are repeated and sessions expire after a few entries",
        Faults = "loss, duplication, delay, crashes, partitions",
        Goals =
        [
            Answered("a late copy of an operation is applied", KeyValueStatus.Superseded),
            Answered("a forgotten session is refused", KeyValueStatus.SessionExpired),
            Answered("an operation arrives after its session has ended", KeyValueStatus.SessionEnded),
            Goals.LeaderCrashed,
        ],
        Body = async cluster =>
        {
            KeyValueRun run = new(cluster);
            for (int i = 0; i < 3; i++)
            {
                string name = $"{(char)('a' + i)}";
                run.StartClient(operations: 6, (client, n) => cluster.Simulation.Choose(3, "operation") switch
                {
                    0 => client.CompareAndSetAsync("k", n == 0 ? null : $"{name}{n - 1}", $"{name}{n}"),
                    1 => client.AppendAsync("k", $"{name}{n}"),
                    _ => client.AppendAsync(name, $"{n}"),
                });
            }

            await new Nemesis(cluster, NemesisActions.CrashAndRestart | NemesisActions.Partition).RunAsync(budget: 12);
            await run.EndAsync();
        },
    };

    private static Scenario KeyValueReads() => KeyValue(5) with
    {
        Name = "kv-reads",
        LooksFor = "a read that misses an earlier answered write, while leaders are cut off, paused and deposed",
        Faults = "loss, duplication, delay, partitions, pauses",
        Goals =
        [
            new Goal("a read is served", RaftEventKind.ReadServed, static (in RaftEvent _, ClusterView _) => true),
            new Goal("a read is taken by a leader that is not the newest", RaftEventKind.ReadTaken,
                static (in RaftEvent e, ClusterView view) => view.Leader is { } leader && leader.Id != e.Server),
            new Goal("a read is taken before its leader has committed in its term", RaftEventKind.ReadTaken,
                static (in RaftEvent e, ClusterView view) => e.Index > view[e.Server].CommitIndex),
            new Goal("a leader is deposed before it can answer a read", RaftEventKind.ReadRefused,
                static (in RaftEvent e, ClusterView _) => e.Subject is ReadRefusedException { Reason: ReadRefusalReason.LeadershipLost }),
        ],
        Body = async cluster =>
        {
            KeyValueRun run = new(cluster);
            run.StartClient(operations: 8, (client, n) => client.PutAsync("k", $"{n}"));
            for (int i = 0; i < 3; i++)
            {
                run.StartClient(operations: 8, (client, _) => client.GetAsync("k"));
            }

            await new Nemesis(cluster, NemesisActions.Partition | NemesisActions.Pause).RunAsync(budget: 16);
            await run.EndAsync();
        },
    };

    // The limits are so small that every other write exceeds one. All servers must refuse the same writes in the same
    // way, and no client may get stuck.
    private static Scenario KeyValueWithinLimits()
    {
        KeyValueLimits limits = new() { MaxKeyBytes = 3, MaxValueBytes = 6, MaxStateBytes = 64, MaxSessions = 2, MaxEndedSessions = 2 };
        return KeyValue(3, limits: limits) with
        {
            Name = "kv-limits",
            LooksFor = "different refusals on different servers, or a stuck client, with oversized keys and values, a full store and too many clients",
            Faults = "loss, duplication, delay, crashes",
            Goals =
            [
                Answered("an append would make a value too long", KeyValueStatus.TooLarge),
                Answered("the store is full", KeyValueStatus.StoreFull),
                Answered("an operation arrives after its session has ended", KeyValueStatus.SessionEnded),
                Goals.SnapshotInstalled,
            ],
            Body = async cluster =>
            {
                KeyValueRun run = new(cluster, limits);
                for (int i = 0; i < 3; i++)
                {
                    string name = $"{(char)('a' + i)}";
                    run.StartClient(operations: 6, (client, n) => cluster.Simulation.Choose(5, "operation") switch
                    {
                        0 => client.PutAsync("long", name),
                        1 => client.PutAsync(name, n % 2 == 0 ? "" : "1234567"),
                        2 => client.CompareAndSetAsync("k", $"{name}{n}", "x"),
                        3 => client.AppendAsync("k", $"{name}ö"),
                        _ => client.AppendAsync(name, $"{n}{n}"),
                    });
                }

                await new Nemesis(cluster, NemesisActions.CrashAndRestart).RunAsync(budget: 8);
                await run.EndAsync();
            },
        };
    }

    private static Scenario KeyValueSnapshots() => KeyValue(3) with
    {
        Name = "kv-snapshots",
        LooksFor = "an operation lost or repeated when snapshots replace the log with its sessions, and servers crash frequently",
        Faults = "loss, duplication, delay, crashes, partitions",
        Goals = [Goals.SnapshotInstalled, Goals.SnapshotInChunks, Goals.CrashDuringInstall, Goals.LeaderCrashed],
        Body = async cluster =>
        {
            KeyValueRun run = new(cluster);
            for (int i = 0; i < 3; i++)
            {
                string name = $"{(char)('a' + i)}";
                run.StartClient(operations: 8, (client, n) => (n % 3) switch
                {
                    0 => client.PutAsync("v", name, n / 2),
                    1 => client.AppendAsync("k", $"{name}{n}"),
                    _ => client.GetAsync(n % 2 == 0 ? "k" : "v"),
                });
            }

            await new Nemesis(cluster, NemesisActions.CrashAndRestart | NemesisActions.Partition).RunAsync(budget: 16);
            await run.EndAsync();
        },
    };

    private static Scenario KeyValue(int servers, long sessionLifetime = KeyValueStateMachine.DefaultSessionLifetime, KeyValueLimits? limits = null) => new()
    {
        Name = "kv",
        LooksFor = "",
        Faults = "",
        Cluster = new ClusterSettings
        {
            Servers = servers,
            StateMachine = _ => new KeyValueStateMachine(sessionLifetime, limits),
            Model = () => new KeyValueLogModel(sessionLifetime, limits),
            Faults = FaultMix.Unreliable,
            SnapshotBytes = 150,
        },
        Body = _ => Task.CompletedTask,

        // The clients have their last answers when the body ends.
        Afterwards = static _ => Task.CompletedTask,
    };

    private static Goal Answered(string name, KeyValueStatus status) => new(name, RaftEventKind.ProposalCompleted,
        (in RaftEvent e, ClusterView _) => e.Subject is ProposalResult result && KeyValueEncoding.DecodeReply(result.Result.Span).Status == status);
}
