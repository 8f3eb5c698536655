using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;

namespace Raft.Verified.Benchmarks;

/// <summary>A configuration that shows operations per second: events of monitors, states of the exhaustive checker.</summary>
internal sealed class PerSecond : ManualConfig
{
    public PerSecond() => AddColumn(StatisticColumn.OperationsPerSecond);
}
