using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Simulation;
using Raft.Verified.Scenarios;

namespace Raft.Verified.Coyote;

/// <summary>In the place of the execution under Coyote when its packages are not referenced: some schedules on the engine of this project.</summary>
internal static class ScenarioExecution
{
    private const int Schedules = 20;

    /// <summary>What was run last.</summary>
    public static string? LastScenario { get; private set; }

    public static Task RunAsync(string name)
    {
        Scenario scenario = ScenarioLibrary.Find(name) ?? throw new ArgumentException($"there is no scenario {name}", nameof(name));
        ExplorationReport report = new Explorer(scenario, new ExplorationOptions { Iterations = Schedules }).Run();
        LastScenario = scenario.Name;
        return report.Violation is { } violation
            ? Task.FromException(new InvalidOperationException($"{name}: {violation.Property}: {violation.Message}"))
            : Task.CompletedTask;
    }
}
