using Raft.Verified.Cli.Commands;
using Raft.Verified.Cli.Output.Tables;
using Raft.Verified.Exploration;
using Spectre.Console.Rendering;

namespace Raft.Verified.Cli.Output;

/// <summary>
/// The progress display of a test run. A terminal shows a live table. Other destinations get a line from time to time,
/// and one line per scenario at the end.
/// </summary>
internal sealed class ProgressDisplay
{
    // The lines besides the table: those of the progress, and the prompt before it.
    private const int OtherLines = 4;

    // A narrow terminal omits the less important columns.
    private static readonly Column[] Columns =
    [
        new(new("scenario"), (scenario, _) => new TextCell(scenario.Scenario.Name, scenario.IsRunning ? Paint.Bold : Paint.None)),
        Number("schedules", 1, (_, progress) => Format.Number(progress.Schedules)),
        Number("schedules/s", 4, (_, progress) => Format.Number(progress.Schedules / progress.Elapsed.TotalSeconds)),
        Number("decisions/s", 3, (_, progress) => Format.Number(progress.Decisions / progress.Elapsed.TotalSeconds)),
        Number("goals", 2, Goals),
        Number("time", 4, (_, progress) => Format.Seconds(progress.Elapsed.TotalSeconds)),
        new(new("result", Wrap: 16), (scenario, _) => Result(scenario)),
    ];

    private readonly TestRun _run;
    private readonly OutputStream _stream;

    private ProgressDisplay(TestRun run, OutputStream stream)
    {
        _run = run;
        _stream = stream;
    }

    /// <summary>Runs the test run to the end, or until interrupted, and shows the progress.</summary>
    /// <param name="run">The test run.</param>
    /// <param name="stream">The destination of the display.</param>
    /// <param name="interrupted">The token that ends the run early.</param>
    public static Task ShowAsync(TestRun run, OutputStream stream, CancellationToken interrupted)
    {
        ProgressDisplay display = new(run, stream);
        return LiveProgress.ShowAsync(() => run.Run(interrupted), stream, display.Frame, display.StateLine,
            () => TestReport.WriteScenarios(run.Findings(), stream));
    }

    private string StateLine()
    {
        ScenarioExploration? running = _run.Scenarios.FirstOrDefault(scenario => scenario.IsRunning);
        string now = running is null ? "" : $", exploring {running.Scenario.Name}";
        int found = _run.Scenarios.Count(scenario => scenario.Violation is not null);
        return $"{State()}{now}, {(found == 0 ? "nothing found" : Format.Count(found, "violation"))} so far";
    }

    private string State()
    {
        long schedules = _run.Scenarios.Sum(scenario => scenario.Progress.Schedules);
        long decisions = _run.Scenarios.Sum(scenario => scenario.Progress.Decisions);
        double seconds = Math.Max(_run.Scenarios.Sum(scenario => scenario.Progress.Elapsed.TotalSeconds), 1e-9);
        string time = _run.Options.Exploration.Time is { } whole
            ? $"{Format.Clock(_run.Elapsed)} of {Format.Clock(whole)}, {Format.Clock(_run.Left!.Value)} left"
            : Format.Clock(_run.Elapsed);
        return $"{time}: {Format.Count(schedules, "schedule")}, {Format.Number(decisions / seconds)} decisions/s, "
            + Format.Count(_run.Options.Exploration.Workers, "worker");
    }

    private IRenderable Frame(bool all)
    {
        int count = _run.Scenarios.Count;
        TextTable table = all ? Table(count) : LiveProgress.Fitting(count, Table, _stream, OtherLines);
        string hidden = table.Count < count ? $"; {count - table.Count} more scenarios are not shown" : "";
        return LiveProgress.Frame(table, _stream, all ? null : State() + hidden);
    }

    private TextTable Table(int rows)
    {
        TextTable table = new([.. Columns.Select(column => column.Layout)]);
        (int first, int count) = Window(rows);
        for (int i = first; i < first + count; i++)
        {
            ScenarioExploration scenario = _run.Scenarios[i];
            ExplorationProgress progress = scenario.Progress;
            table.Add(Columns.Select(column => column.Cell(scenario, progress)));
        }

        return table;
    }

    // Returns the rows that fit, with the running scenario in the middle.
    private (int First, int Count) Window(int room)
    {
        int all = _run.Scenarios.Count;
        if (all <= room)
        {
            return (0, all);
        }

        int count = Math.Max(1, room);
        int running = Math.Max(0, _run.Scenarios.ToList().FindIndex(scenario => scenario.IsRunning));
        return (Math.Clamp(running - (count / 2), 0, all - count), count);
    }

    private static string Goals(ScenarioExploration scenario, ExplorationProgress progress) =>
        $"{progress.GoalsReached}/{scenario.Scenario.Goals.Count}";

    private static TextCell Result(ScenarioExploration scenario) => scenario switch
    {
        { IsRunning: true } => new("running", Paint.Blue),
        { Findings: { } findings } => new(findings.Verdict, findings switch
        {
            { Violation: not null } => Paint.Red,
            _ when findings.UnreachedGoals.Any() => Paint.Yellow,
            _ => Paint.Green,
        }),
        _ => new(""),
    };

    private static Column Number(string heading, int rank, Func<ScenarioExploration, ExplorationProgress, string> text) => new(
        new(heading, rank, IsNumber: true), (scenario, progress) => new TextCell(progress.Schedules > 0 ? text(scenario, progress) : ""));

    private sealed record Column(TextColumn Layout, Func<ScenarioExploration, ExplorationProgress, TextCell> Cell);
}
