using Raft.Verified.Cli.Commands;
using Raft.Verified.Cli.Output.Tables;
using Raft.Verified.Exploration;
using Raft.Verified.Scenarios.Lab;
using Spectre.Console.Rendering;

namespace Raft.Verified.Cli.Output.Lab;

/// <summary>
/// The progress display of lab tests. A terminal shows a live table. Other destinations get a line from time to time.
/// The report follows at the end.
/// </summary>
internal sealed class LabDisplay
{
    // The lines besides the table: those of the progress, and the prompt before it.
    private const int OtherLines = 4;

    private readonly LabRun _run;
    private readonly OutputStream _stream;

    private LabDisplay(LabRun run, OutputStream stream)
    {
        _run = run;
        _stream = stream;
    }

    /// <summary>Runs the tests to the end, or until interrupted, and shows the progress.</summary>
    /// <param name="run">The run to start.</param>
    /// <param name="stream">The destination of the display.</param>
    /// <param name="interrupted">The token that ends the run early.</param>
    public static Task ShowAsync(LabRun run, OutputStream stream, CancellationToken interrupted)
    {
        LabDisplay display = new(run, stream);
        return LiveProgress.ShowAsync(() => run.Run(interrupted), stream, display.Frame, display.State, () => { });
    }

    private string State()
    {
        (long runs, long failures, _, _) = _run.Totals();
        long all = _run.Options.Runs * _run.Options.Tests.Count;
        string left = runs == 0 ? "" : $", about {Format.Clock(_run.Elapsed / runs * (all - runs))} left";
        return $"{Format.Clock(_run.Elapsed)}{left}: {Format.Number(runs)} of {Format.Count(all, "run")}, "
            + $"{Format.Number(failures)} failed, {Format.Count(_run.Options.Workers, "worker")}";
    }

    // If there is no room for all tests, the failed ones come first. The report has the whole table.
    private IRenderable? Frame(bool isOver)
    {
        if (isOver)
        {
            return null;
        }

        (LabSuiteTest Test, SuiteTotals Totals)[] tests = [.. _run.Tests()];
        (LabSuiteTest Test, SuiteTotals Totals)[] byFailure = [.. tests.OrderByDescending(entry => entry.Totals.Failures > 0)];
        TextTable table = LiveProgress.Fitting(tests.Length, rows => LabColumn.Table(rows == tests.Length ? tests : byFailure[..rows]), _stream, OtherLines);
        string more = table.Count < tests.Length ? $"; {tests.Length - table.Count} more tests are not shown" : "";
        return LiveProgress.Frame(table, _stream, State() + more);
    }
}
