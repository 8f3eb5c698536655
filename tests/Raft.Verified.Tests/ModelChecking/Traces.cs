using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Simulation;
using Raft.Verified.ModelChecking.Traces;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios;
using Raft.Verified.Server;

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
        TracedRun.Run(scenario, new ExplorationOptions { Iterations = 1 }, iteration, recorder, recorder);
        using StringWriter text = new();
        recorder.Write(text);
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static List<string> Events(string name, long iteration, IInputObserver? inputs)
    {
        EventList events = new();
        TracedRun.Run(ScenarioLibrary.Find(name)!, new ExplorationOptions { Iterations = 1 }, iteration, events, inputs);
        return events.Lines;
    }

    private sealed class EventList : IRaftObserver
    {
        public List<string> Lines { get; } = [];

        public void On(in RaftEvent raftEvent) =>
            Lines.Add($"{raftEvent.Kind} {raftEvent.Server} {raftEvent.Term} {raftEvent.Role} {raftEvent.Index} {raftEvent.OtherTerm} {raftEvent.OtherIndex} {raftEvent.Peer} {raftEvent.Subject}");
    }
}
