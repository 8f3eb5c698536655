using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Raft.Verified.Benchmarks;

/// <summary>A configuration that shows the engine's decisions per second.</summary>
internal sealed class DecisionsPerSecond : ManualConfig
{
    public DecisionsPerSecond() => AddColumn(new Column());

    private sealed class Column : IColumn
    {
        public string Id => nameof(DecisionsPerSecond);

        public string ColumnName => "Decisions/s";

        public string Legend => "Steps and draws of the engine per second";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
        {
            if (summary[benchmarkCase]?.ResultStatistics is not { } statistics)
            {
                return "NA";
            }

            string scenario = (string)benchmarkCase.Parameters[nameof(EngineBenchmarks.Scenario)];
            bool monitors = (bool)benchmarkCase.Parameters[nameof(EngineBenchmarks.Monitors)];
            double decisions = EngineBenchmarks.DecisionsPerSchedule(scenario, monitors);
            return (decisions / statistics.Mean * 1e9).ToString("N0", CultureInfo.InvariantCulture);
        }
    }
}
