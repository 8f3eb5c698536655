using Raft.Verified.Exploration;
using Raft.Verified.ModelChecking.Traces;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>Traces of schedules of the library's scenarios.</summary>
internal static class Traces
{
    public static string[] Record(string name, long iteration)
    {
        Scenario scenario = ScenarioLibrary.Find(name)!;
        ClusterSettings cluster = scenario.Cluster;
        TraceRecorder recorder = new(new TraceHeader(
            name, cluster.Servers, cluster.MaxEntriesPerAppend, cluster.MaxEntriesInFlight ?? (4 * cluster.MaxEntriesPerAppend),
            cluster.MaxSnapshotChunkBytes, cluster.AppendEmptyEntryOnElection));
        TracedRun.Run(scenario.ObservedBy(recorder, recorder), new ExplorationOptions { Iterations = 1 }, iteration);
        using StringWriter text = new();
        recorder.Write(text);
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static List<string> Events(string name, long iteration, IInputObserver? inputs)
    {
        EventList events = new();
        TracedRun.Run(ScenarioLibrary.Find(name)!.ObservedBy(events, inputs), new ExplorationOptions { Iterations = 1 }, iteration);
        return events.Lines;
    }

    private sealed class EventList : IRaftObserver
    {
        public List<string> Lines { get; } = [];

        public void OnEvent(in RaftEvent raftEvent) =>
            Lines.Add($"{raftEvent.Kind} {raftEvent.Server} {raftEvent.Term} {raftEvent.Role} {raftEvent.Index} {raftEvent.OtherTerm} {raftEvent.OtherIndex} {raftEvent.Peer} {raftEvent.Subject}");
    }
}
