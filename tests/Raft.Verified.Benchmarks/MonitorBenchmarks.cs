using BenchmarkDotNet.Attributes;
using Raft.Verified.Specifications;
using Raft.Verified.Tests.Specifications;

namespace Raft.Verified.Benchmarks;

/// <summary>All monitors over the recorded events of a random run of three servers with losses, crashes and compactions.</summary>
[MemoryDiagnoser]
public class MonitorBenchmarks
{
    private const int Servers = 3;
    private readonly EventRecorder _recorder = new();

    [GlobalSetup]
    public void Record() => new RandomCluster(Servers, seed: 1, _recorder).RunWithFaults(steps: 10_000);

    [Benchmark]
    public Monitors Run()
    {
        Monitors monitors = new(Servers, () => new AppendingModel());
        _recorder.ReplayTo(monitors);
        return monitors.Violation is { } violation ? throw new InvalidOperationException($"expected no violation, found {violation}") : monitors;
    }
}
