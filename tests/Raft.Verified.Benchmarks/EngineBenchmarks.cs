using BenchmarkDotNet.Attributes;
using Raft.Verified.Exploration;
using Raft.Verified.Scenarios;

namespace Raft.Verified.Benchmarks;

/// <summary>Steps of the engine: ten schedules of the scenario <c>chaos-5</c> by one worker, with and without monitors.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    [Params(false, true)]
    public bool Monitors { get; set; }

    [Benchmark]
    public ExplorationReport Explore()
    {
        ExplorationOptions options = new() { Iterations = 10, Workers = 1, IsMonitored = Monitors };
        return new Explorer(ScenarioLibrary.All.Single(scenario => scenario.Name == "chaos-5"), options).Run();
    }
}
