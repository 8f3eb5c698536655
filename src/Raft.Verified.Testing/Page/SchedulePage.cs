using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Simulation;
using Raft.Verified.Testing.Replays;
using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing.Page;

/// <summary>
/// The HTML page of a schedule: a space-time diagram, the state of the servers at every step, and the explanation of
/// the violation. The page is one file without external resources.
/// </summary>
public static class SchedulePage
{
    /// <summary>Replays a schedule exactly and writes the page of the run.</summary>
    /// <param name="path">The path of the HTML file, whose folder is created if necessary.</param>
    /// <param name="scenario">The scenario of the schedule.</param>
    /// <param name="schedule">The schedule.</param>
    /// <returns>
    /// The outcome of the replay. When the build no longer matches the schedule, the page ends at the divergence.
    /// </returns>
    public static ReplayOutcome Write(string path, Scenario scenario, Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(schedule);
        TraceRecorder recorder = new(scenario);
        using StepWatchdog watchdog = new(StepWatchdog.DefaultLimit);
        ReplayOutcome outcome = Replayer.Replay(scenario.ObservedBy(recorder), schedule, recorder, watchdog);
        TextFile.Write(path, TracePage.Of(Trace.Of(schedule, scenario, recorder, outcome, ReplayDifference.Of(schedule, outcome)), out _));
        return outcome;
    }
}
