using Microsoft.Coyote.Specifications;
using Microsoft.Coyote.SystematicTesting;
using Raft.Verified.Coyote.Engine;
using Raft.Verified.Coyote.Monitors;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;

namespace Raft.Verified.Coyote;

/// <summary>The execution of a scenario under Coyote, which is the body of every test method.</summary>
internal static class ScenarioExecution
{
    // The current run, until it has ended by itself. Coyote runs one schedule at a time.
    private static (CoyoteSimulation Simulation, ScenarioRun Run)? _unfinished;

    public static Task RunAsync(string name) =>
        RunAsync(ScenarioLibrary.Find(name) ?? throw new ArgumentException($"there is no scenario {name}", nameof(name)));

    public static async Task RunAsync(Scenario scenario)
    {
        Specification.RegisterMonitor<OneLeaderPerTerm>();
        Specification.RegisterMonitor<EveryOperationIsAnswered>();
        Specification.RegisterMonitor<ClusterRecovers>();
        CoyoteSimulation simulation = new();
        EventListener listener = new();
        listener.Run = new ScenarioRun(scenario, simulation, listener);
        _unfinished = (simulation, listener.Run);
        await simulation.CreateProcess(0, "scenario").Start("scenario", listener.Run.RunAsync);
        Specification.Monitor<ClusterRecovers>(new ClusterRecovers.Recovered());
        Specification.Monitor<EveryOperationIsAnswered>(new EveryOperationIsAnswered.RunEnded());
        await simulation.StopAsync();
        _unfinished = null;
    }

    /// <summary>
    /// Ends a schedule that Coyote has cut off. Prints the liveness property that its cluster lacked: the name of a hot state does not tell it. Coyote
    /// calls this method after each schedule.
    /// </summary>
    [TestIterationDispose]
    public static void EndSchedule()
    {
        _unfinished?.Simulation.End();
        if (_unfinished is ({ IsFair: true, HasFailed: false }, var run) && run.FindUnmet() is (string property, string missing))
        {
            Console.WriteLine($"..... Missing at the end of the schedule: {property}: {missing}");
        }

        _unfinished = null;
    }
}
