using BenchmarkDotNet.Attributes;
using Raft.Verified.Specifications;
using Raft.Verified.Tests.Specifications;

namespace Raft.Verified.Benchmarks;

/// <summary>All monitors over the recorded events of a random run of three servers with losses, crashes and compactions.</summary>
[MemoryDiagnoser]
[Config(typeof(PerSecond))]
public class MonitorBenchmarks
{
    private const int Servers = 3;
    private const int Events = 10_000;
    private readonly EventRecorder _recorder = new(Events);

    [GlobalSetup]
    public void Record()
    {
        new RandomCluster(Servers, seed: 1, _recorder).RunWithFaults(steps: 100_000);
        if (_recorder.Count < Events)
        {
            throw new InvalidOperationException($"expected a run of {Events} events, found {_recorder.Count}");
        }
    }

    /// <summary>An event that all monitors see.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public Monitors Observe()
    {
        Monitors monitors = new(Servers, () => new AppendingModel());
        _recorder.ReplayTo(monitors);
        return monitors.Violation is { } violation ? throw new InvalidOperationException($"expected no violation, found {violation}") : monitors;
    }
}
