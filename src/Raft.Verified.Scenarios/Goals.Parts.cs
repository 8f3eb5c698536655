using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

// Goals about the parts around a server: clocks, transports, disks and state machines.
internal static partial class Goals
{
    public static Goal LateCallback { get; } = new("a timer's callback runs late", RaftEventKind.Environment,
        static (in RaftEvent e, ClusterView _) => e.Subject is CallbackDelayed);

    public static Goal SendFailed { get; } = new("a transport throws", RaftEventKind.SendFailed, static (in RaftEvent e, ClusterView _) => true);

    public static Goal AppendRefused { get; } = new("a follower refuses an append because the previous entry is missing", RaftEventKind.MessageReceived,
        static (in RaftEvent e, ClusterView view) => e.Subject is AppendEntriesReply { Success: false } reply && reply.Term == view[e.Server].Term);

    public static Goal LoadFailed { get; } = new("a server cannot load its disk", RaftEventKind.Environment,
        static (in RaftEvent e, ClusterView _) => e.Subject is PartFailed { Part: FailingPart.Storage, Call: "load" });

    public static Goal RestoreFailed { get; } = new("a state machine cannot restore a snapshot", RaftEventKind.Environment,
        static (in RaftEvent e, ClusterView _) => e.Subject is PartFailed { Part: FailingPart.StateMachine, Call: "restore" });

    public static Goal AppliedInNewerTerm { get; } = new("a deposed leader applies a command that it accepted", RaftEventKind.Applied,
        static (in RaftEvent e, ClusterView view) => view.LeaderOf(e.OtherTerm) == e.Server && view[e.Server].Term > e.OtherTerm);

    public static Goal UnflushedKept { get; } = new("a process dies and its machine keeps entries that were not flushed", RaftEventKind.Crashed,
        static (in RaftEvent e, ClusterView view) => e.Subject is SimulatedServer.ProcessDied && view[e.Server].Log.LastIndex > view[e.Server].Disk.Log.LastIndex);

    public static Goal LogBeginsBeforeSnapshotsEnd { get; } = Finds("a restart finds a log that begins one before the snapshot's end",
        static (snapshot, entries) => entries.Count > 0 && entries[0].Index.Next() == snapshot.LastIncludedIndex);

    public static Goal LogBeginsAtSnapshotsEnd { get; } = Finds("a restart finds a log that begins at the snapshot's end",
        static (snapshot, entries) => entries.Count > 0 && entries[0].Index == snapshot.LastIncludedIndex);

    public static Goal LogBeginsBehindSnapshot { get; } = Finds("a restart finds a log that begins one after the snapshot's end",
        static (snapshot, entries) => entries.Count > 0 && entries[0].Index == snapshot.LastIncludedIndex.Next());

    public static Goal LogEmptyBehindSnapshot { get; } = Finds("a restart finds a snapshot and an empty log", static (_, entries) => entries.Count == 0);

    public static Goal LogEndsBeforeSnapshot { get; } = Finds("a restart finds a log that ends before the snapshot's end",
        static (snapshot, entries) => entries.Count > 0 && entries[^1].Index < snapshot.LastIncludedIndex);

    public static Goal LogConflictsWithSnapshot { get; } = Finds("a restart finds a log that conflicts with the snapshot's end",
        static (snapshot, entries) => entries.Any(entry => entry.Index == snapshot.LastIncludedIndex && entry.Term != snapshot.LastIncludedTerm));

    public static Goal LogBeginsWithConflict { get; } = Finds("a restart finds a log that begins at the snapshot's end and conflicts with it",
        static (snapshot, entries) => entries.Count > 0 && entries[0].Index == snapshot.LastIncludedIndex && entries[0].Term != snapshot.LastIncludedTerm);

    public static Goal PartFailed(FailingPart part) => new($"a server stops because its {Name(part)} failed", RaftEventKind.Faulted,
        (in RaftEvent e, ClusterView _) => e.Subject is InjectedFaultException fault && fault.Part == part);

    public static Goal LeadersPartFailed(FailingPart part) => new($"a leader stops because its {Name(part)} failed", RaftEventKind.Faulted,
        (in RaftEvent e, ClusterView view) => e.Subject is InjectedFaultException fault && fault.Part == part && view[e.Server].Role == Role.Leader);

    private static string Name(FailingPart part) => part == FailingPart.Storage ? "storage" : "state machine";

    private static Goal Finds(string name, Func<Snapshot, IReadOnlyList<LogEntry>, bool> test) => new(name, RaftEventKind.Started,
        (in RaftEvent e, ClusterView _) => e.Subject is DurableState { Snapshot: { } snapshot } found && test(snapshot, found.Entries));
}
