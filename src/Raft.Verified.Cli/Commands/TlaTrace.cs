using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.ModelChecking.Traces;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>A recording of the trace of a run for a file.</summary>
internal sealed class TlaTrace
{
    /// <summary>
    /// The number of traces per scenario that <c>raft test --tla</c> writes: one turn of strategies and clocks.
    /// </summary>
    private const int SchedulesPerScenario = 8;

    private readonly string _file;
    private readonly TraceRecorder _recorder;

    /// <summary>Creates a recording and checks that its file can be written.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="scenario">The scenario that will be run.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public TlaTrace(string file, Scenario scenario)
    {
        FileOutput.CheckWritable(file);
        _file = file;
        ClusterSettings cluster = scenario.Cluster;
        _recorder = new TraceRecorder(new TraceHeader(
            scenario.Name, cluster.Servers, cluster.MaxEntriesPerAppend, cluster.MaxEntriesInFlight ?? (4 * cluster.MaxEntriesPerAppend),
            cluster.MaxSnapshotChunkBytes, cluster.AppendEmptyEntryOnElection));
    }

    /// <summary>The observer for the inputs.</summary>
    public IInputObserver Inputs => _recorder;

    /// <summary>The observer for the events.</summary>
    public IRaftObserver Events => _recorder;

    /// <summary>Returns an observer that passes events to this recording and then to another observer.</summary>
    /// <param name="other">The other observer.</param>
    public IRaftObserver Beside(IRaftObserver other) => new Both(_recorder, other);

    /// <summary>Writes the file.</summary>
    public void Write()
    {
        using StringWriter text = new();
        _recorder.Write(text);
        FileOutput.Write(_file, text.ToString());
    }

    /// <summary>Writes traces of the first schedules of a scenario, and of the one that violated a property.</summary>
    /// <param name="directory">The folder for the traces.</param>
    /// <param name="explored">The exploration of the scenario.</param>
    /// <param name="options">The options of the exploration.</param>
    /// <param name="watchdog">The watchdog for steps that do not return.</param>
    /// <returns>The number of traces written.</returns>
    public static int WriteSome(string directory, ScenarioExploration explored, ExplorationOptions options, StepWatchdog watchdog)
    {
        long run = explored.Report?.Iterations ?? 0;
        List<long> schedules = [];
        for (long i = 0; i < Math.Min(run, SchedulesPerScenario); i++)
        {
            schedules.Add(options.FirstIteration + i);
        }

        if (explored.Violation is { } violation && violation.Property != RuntimeFindings.StepDoesNotReturn)
        {
            schedules.Remove(violation.Iteration);
            schedules.Add(violation.Iteration);
        }

        foreach (long iteration in schedules)
        {
            TlaTrace trace = new(Path.Combine(directory, $"{explored.Scenario.Name}-{options.Seed}-{iteration}.ndjson"), explored.Scenario);
            TracedRun.Run(explored.Scenario.ObservedBy(trace.Events, trace.Inputs), options, iteration, watchdog);
            trace.Write();
        }

        return schedules.Count;
    }

    private sealed class Both(IRaftObserver first, IRaftObserver second) : IRaftObserver
    {
        public void OnEvent(in RaftEvent raftEvent)
        {
            first.OnEvent(in raftEvent);
            second.OnEvent(in raftEvent);
        }
    }
}
