using Raft.Verified.Cli.Commands;
using Raft.Verified.Exploration;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Raft.Verified.Cli.Output;

/// <summary>
/// The progress display of a test run. A terminal shows a live table. Other destinations get a line from time to time,
/// and one line per scenario at the end.
/// </summary>
internal sealed class ProgressDisplay
{
    // The lines besides the rows of the table: heading, borders, the line below, and the prompt before it.
    private const int LinesAroundRows = 8;

    // A narrow terminal omits the less important columns.
    private static readonly Column[] Columns =
    [
        new("scenario", 0, IsNumber: false, (scenario, _) =>
            new Text(scenario.Scenario.Name, scenario.IsRunning ? new Style(decoration: Decoration.Bold) : Style.Plain)),
        Number("schedules", 0, (_, progress) => Format.Number(progress.Schedules)),
        Number("schedules/s", 120, (_, progress) => Format.Number(progress.Schedules / progress.Elapsed.TotalSeconds)),
        Number("decisions/s", 100, (_, progress) => Format.Number(progress.Decisions / progress.Elapsed.TotalSeconds)),
        Number("goals", 0, Goals),
        Number("time", 120, (_, progress) => Format.Seconds(progress.Elapsed.TotalSeconds)),
        new("result", 0, IsNumber: false, (scenario, _) => new Text(Result(scenario).Text, new Style(Result(scenario).Color))),
    ];

    private readonly TestRun _run;
    private readonly OutputStream _stream;
    private readonly Column[] _columns;

    private ProgressDisplay(TestRun run, OutputStream stream)
    {
        _run = run;
        _stream = stream;
        _columns = [.. Columns.Where(column => stream.Width >= column.FromWidth)];
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
        Table table = LiveProgress.NewTable(_columns.Select(column => (column.Heading, column.IsNumber)));

        int room = all ? int.MaxValue : Math.Max(1, _stream.Height - LinesAroundRows);
        (int first, int count) = Window(room);
        AddGap(table, first, "before");
        for (int i = first; i < first + count; i++)
        {
            table.AddRow(Row(_run.Scenarios[i]));
        }

        AddGap(table, _run.Scenarios.Count - first - count, "after");
        return all ? table : LiveProgress.WithState(table, State());
    }

    // Returns the rows that fit, with the running scenario in the middle.
    private (int First, int Count) Window(int room)
    {
        int all = _run.Scenarios.Count;
        if (all <= room)
        {
            return (0, all);
        }

        int count = Math.Max(1, room - 2);
        int running = Math.Max(0, _run.Scenarios.ToList().FindIndex(scenario => scenario.IsRunning));
        return (Math.Clamp(running - (count / 2), 0, all - count), count);
    }

    private static void AddGap(Table table, int hidden, string where)
    {
        if (hidden > 0)
        {
            table.AddRow(new Markup($"[grey]... {hidden} {where}[/]"));
        }
    }

    private IRenderable[] Row(ScenarioExploration scenario)
    {
        ExplorationProgress progress = scenario.Progress;
        return [.. _columns.Select(column => column.Cell(scenario, progress))];
    }

    private static string Goals(ScenarioExploration scenario, ExplorationProgress progress) =>
        $"{progress.GoalsReached}/{scenario.Scenario.Goals.Count}";

    private static (string Text, Color Color) Result(ScenarioExploration scenario) => scenario switch
    {
        { IsRunning: true } => ("running", Color.Blue),
        { Findings: { } findings } => (findings.Verdict, findings switch
        {
            { Violation: not null } => Color.Red,
            _ when findings.UnreachedGoals.Any() => Color.Yellow,
            _ => Color.Green,
        }),
        _ => ("", Color.Default),
    };

    private static Column Number(string heading, int fromWidth, Func<ScenarioExploration, ExplorationProgress, string> text) => new(
        heading, fromWidth, IsNumber: true, (scenario, progress) => new Text(progress.Schedules > 0 ? text(scenario, progress) : ""));

    private sealed record Column(
        string Heading, int FromWidth, bool IsNumber, Func<ScenarioExploration, ExplorationProgress, IRenderable> Cell);
}
