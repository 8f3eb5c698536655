using BenchmarkDotNet.Attributes;
using Raft.Verified.ModelChecking;

namespace Raft.Verified.Benchmarks;

/// <summary>The exhaustive checker on the largest model that is compared with the specification state by state. A run takes seconds.</summary>
[MemoryDiagnoser]
[Config(typeof(PerSecond))]
public class StateSpaceBenchmarks
{
    private const int States = 6_199_266;

    [Params(1, 2)]
    public int Workers { get; set; }

    /// <summary>A state of <c>elections3</c>, of all that a raw search visits.</summary>
    [Benchmark(OperationsPerInvoke = States)]
    public ModelReport Elections3()
    {
        ModelReport report = new ModelChecker(ModelLibrary.Find("elections3")!, SearchOptions.Raw with { Workers = Workers }).Run();
        return report.States == States ? report : throw new InvalidOperationException($"expected {States} states, found {report.States}");
    }
}
