using BenchmarkDotNet.Attributes;
using Raft.Verified.ModelChecking;

namespace Raft.Verified.Benchmarks;

/// <summary>The exhaustive checker with one worker on a small model, raw and with all reductions.</summary>
[MemoryDiagnoser]
public class ModelCheckerBenchmarks
{
    private static readonly ModelBounds Model = ModelLibrary.Small[^1];

    [Params(false, true)]
    public bool Reduced { get; set; }

    /// <summary>A complete search of the model.</summary>
    [Benchmark]
    public ModelReport Check()
    {
        SearchOptions options = (Reduced ? SearchOptions.Reduced : SearchOptions.Raw) with { Workers = 1 };
        ModelReport report = new ModelChecker(Model, options).Run();
        return report.IsComplete ? report : throw new InvalidOperationException($"the search ended at {report.Limit}; expected that it visits every state");
    }
}
