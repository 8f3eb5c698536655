using Raft.Verified.Cli.Commands;
using Raft.Verified.Exploration;
using Raft.Verified.Scenarios.Lab;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Raft.Verified.Cli.Output.Lab;

/// <summary>
/// The progress display of lab tests. A terminal shows a live table. Other destinations get a line from time to time,
/// and one line per test at the end.
/// </summary>
internal sealed class LabDisplay
{
    // The lines besides the rows of the table: heading, borders, the line below, and the prompt before it.
    private const int LinesAroundRows = 7;

    private readonly LabRun _run;
    private readonly OutputStream _stream;
    private readonly LabColumn[] _columns;

    private LabDisplay(LabRun run, OutputStream stream)
    {
        _run = run;
        _stream = stream;
        _columns = [.. LabColumn.All.Where(column => stream.Width >= column.FromWidth)];
    }

    /// <summary>Runs the tests to the end, or until interrupted, and shows the progress.</summary>
    /// <param name="run">The run to start.</param>
    /// <param name="stream">The destination of the display.</param>
    /// <param name="interrupted">The token that ends the run early.</param>
    public static Task ShowAsync(LabRun run, OutputStream stream, CancellationToken interrupted)
    {
        LabDisplay display = new(run, stream);
        return LiveProgress.ShowAsync(() => run.Run(interrupted), stream, display.Frame, display.State, display.WriteLines);
    }

    // Aligned columns with one line per test, for grep and for files.
    private void WriteLines()
    {
        string[][] rows = [[.. LabColumn.All.Select(column => column.Heading)], .. _run.Options.Tests.Select((test, i) => Cells(LabColumn.All, test, _run.TotalsOf(i)))];
        int[] widths = [.. LabColumn.All.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => LabColumn.All[column].IsNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])));
            _stream.Writer.WriteLine(line.TrimEnd());
        }

        _stream.Writer.WriteLine();
    }

    private string State()
    {
        (long runs, long failures, _, _) = _run.Totals();
        long all = _run.Options.Runs * _run.Options.Tests.Count;
        string left = runs == 0 ? "" : $", about {Format.Clock(_run.Elapsed / runs * (all - runs))} left";
        return $"{Format.Clock(_run.Elapsed)}{left}: {Format.Number(runs)} of {Format.Count(all, "run")}, "
            + $"{Format.Number(failures)} failed, {Format.Count(_run.Options.Workers, "worker")}";
    }

    private IRenderable Frame(bool all)
    {
        Table table = LiveProgress.NewTable(_columns.Select(column => (column.Heading, column.IsNumber)));

        // If there is no room for all tests, the failed ones come first.
        int room = all ? int.MaxValue : Math.Max(1, _stream.Height - LinesAroundRows);
        (LabSuiteTest Test, SuiteTotals Totals)[] tests = [.. _run.Options.Tests.Select((test, i) => (test, _run.TotalsOf(i)))];
        bool fits = tests.Length <= room;
        foreach ((LabSuiteTest test, SuiteTotals totals) in fits ? tests : tests.OrderByDescending(entry => entry.Totals.Failures > 0).Take(room - 1))
        {
            Style style = totals.Failures > 0 ? new Style(Color.Red) : Style.Plain;
            table.AddRow(Cells(_columns, test, totals).Select(cell => new Text(cell, style)));
        }

        if (!fits)
        {
            table.AddRow(new Markup($"[grey]... {tests.Length - room + 1} more[/]"));
        }

        return all ? table : LiveProgress.WithState(table, State());
    }

    private static string[] Cells(IReadOnlyList<LabColumn> columns, LabSuiteTest test, SuiteTotals totals) => [.. columns.Select(column => column.Text(test, totals))];
}
