using Microsoft.Coyote.Specifications;
using Raft.Verified.Coyote.Engine;
using Raft.Verified.Coyote.Monitors;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;

namespace Raft.Verified.Coyote;

/// <summary>One run of a scenario under Coyote: the body of every test method.</summary>
internal static class ScenarioExecution
{
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
        await simulation.CreateProcess(0, "scenario").Start("scenario", listener.Run.RunAsync);
        Specification.Monitor<ClusterRecovers>(new ClusterRecovers.Recovered());
        Specification.Monitor<EveryOperationIsAnswered>(new EveryOperationIsAnswered.RunEnded());
        await simulation.StopAsync();
    }
}
