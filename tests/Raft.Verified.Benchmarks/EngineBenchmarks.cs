using BenchmarkDotNet.Attributes;
using Raft.Verified.Exploration;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;

namespace Raft.Verified.Benchmarks;

/// <summary>The engine with one worker. The column of decisions per second counts its steps and draws.</summary>
[MemoryDiagnoser]
[Config(typeof(DecisionsPerSecond))]
public class EngineBenchmarks
{
    private const int Schedules = 10;

    [Params("first-election-5", "chaos-5")]
    public string Scenario { get; set; } = "";

    [Params(false, true)]
    public bool Monitors { get; set; }

    /// <summary>A schedule of the scenario, of ten that are explored one after another.</summary>
    [Benchmark(OperationsPerInvoke = Schedules)]
    public ExplorationReport Explore()
    {
        ExplorationReport report = Run(Scenario, Monitors);
        return report.Iterations == Schedules ? report : throw new InvalidOperationException($"expected {Schedules} schedules, found {report.Iterations}");
    }

    /// <summary>Returns the number of decisions in an average schedule. It is the same in every run of the same build.</summary>
    internal static double DecisionsPerSchedule(string scenario, bool monitors) => (double)Run(scenario, monitors).Decisions / Schedules;

    private static ExplorationReport Run(string name, bool monitors)
    {
        Scenario scenario = ScenarioLibrary.All.Single(scenario => scenario.Name == name);
        return new Explorer(scenario, new ExplorationOptions { Iterations = Schedules, Workers = 1, IsMonitored = monitors }).Run();
    }
}
