using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation.Coverage;
using Xunit;

namespace Raft.Verified.Tests.Coverage;

/// <summary>The coverage that whole explorations report.</summary>
public sealed class CoverageOfExplorationsTests
{
    [Fact]
    public void The_report_is_the_same_whatever_the_number_of_workers()
    {
        CoverageReport one = Explore("chaos-3", new ExplorationOptions { Iterations = 60, Workers = 1, CollectCoverage = true });
        CoverageReport three = Explore("chaos-3", new ExplorationOptions { Iterations = 60, Workers = 3, CollectCoverage = true });

        Assert.Equal(one.Curve, three.Curve);
        Assert.Equal((one.States, one.NewInLastTenth), (three.States, three.NewInLastTenth));
        Assert.Equal(one.Tables().Select(table => table.Counts), three.Tables().Select(table => table.Counts));
    }

    [Fact]
    public void The_curve_never_falls_and_ends_with_the_last_schedule()
    {
        CoverageReport report = Explore("chaos-3", new ExplorationOptions { Iterations = 60, CollectCoverage = true });

        Assert.Equal(60, report.Schedules);
        Assert.Equal(Enumerable.Range(1, 60).Select(schedules => (long)schedules), report.Curve.Select(point => point.Schedules));
        Assert.All(report.Curve.Zip(report.Curve.Skip(1)), pair => Assert.True(pair.First.States <= pair.Second.States));
        Assert.Equal(report.States, report.Curve[^1].States);
        Assert.Equal(report.States - report.Curve[53].States, report.NewInLastTenth);
        Assert.InRange(report.States, 100, 60_000);
    }

    [Fact]
    public void A_long_curve_is_thinned_out_and_still_right_at_every_point()
    {
        CoverageTotals totals = new();
        for (int schedule = 1; schedule <= 5000; schedule++)
        {
            // Two new ones each, the first of them known from the schedule before.
            totals.Add(new ScheduleCoverage(new int[CoverageMap.Cells], [(ulong)schedule << 32, (ulong)(schedule + 1) << 32], [1, 2]));
        }

        CoverageReport report = totals.Read();
        Assert.InRange(report.Curve.Count, 256, 513);
        Assert.All(report.Curve, point => Assert.Equal(point.Schedules + 1, point.States));
        Assert.Equal(new CurvePoint(5000, 5001), report.Curve[^1]);
        Assert.InRange(report.NewInLastTenth, 500, 520);
    }

    [Fact]
    public void Faults_of_every_kind_that_a_scenario_has_are_counted()
    {
        CoverageReport report = Explore("chaos-3", new ExplorationOptions { Iterations = 60, CollectCoverage = true });
        CoverageTable faults = report.Tables()[^1];

        string[] counted = [.. faults.Rows.Where((_, row) => Enumerable.Range(0, faults.Columns.Count).Any(column => faults[row, column] > 0))];
        Assert.Equal(faults.Rows.Except(["server stops"]), counted);
    }

    [Fact]
    public void Nothing_is_counted_that_the_tables_call_impossible()
    {
        foreach (string scenario in (string[])["chaos-3", "chaos-5", "kv-reads", "orderly-shutdown", "snapshot-install"])
        {

            foreach (CoverageTable table in Explore(scenario, new ExplorationOptions { Iterations = 40, CollectCoverage = true }).Tables())
            {
                for (int cell = 0; cell < table.Counts.Count; cell++)
                {
                    string name = $"{scenario}: {table.Rows[cell / table.Columns.Count]}, {table.Columns[cell % table.Columns.Count]}";
                    Assert.True(!table.Impossible[cell] || table.Counts[cell] == 0, $"{name}: {table.Counts[cell]}");
                }
            }
        }
    }

    [Fact]
    public void Collecting_changes_no_schedule()
    {
        ExplorationReport without = new Explorer(ScenarioLibrary.Find("chaos-3")!, new ExplorationOptions { Iterations = 30 }).Run();
        ExplorationReport with = new Explorer(ScenarioLibrary.Find("chaos-3")!, new ExplorationOptions { Iterations = 30, CollectCoverage = true }).Run();

        Assert.Null(without.Coverage);
        Assert.NotNull(with.Coverage);
        Assert.Equal(without.EventHash, with.EventHash);
    }

    private static CoverageReport Explore(string scenario, ExplorationOptions options) =>
        new Explorer(ScenarioLibrary.Find(scenario)!, options).Run().Coverage!;
}
