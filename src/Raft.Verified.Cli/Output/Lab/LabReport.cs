using Raft.Verified.Cli.Commands;
using Raft.Verified.Scenarios.Lab;

namespace Raft.Verified.Cli.Output.Lab;

/// <summary>
/// The report of a run of lab tests for people: one line per test, each failure with the commands that reproduce it, and a summary.
/// </summary>
internal static class LabReport
{
    private const int Shown = 10;

    /// <summary>Writes the report.</summary>
    /// <param name="run">The run, after its end.</param>
    /// <param name="stream">The destination of the report.</param>
    public static void Write(LabRun run, OutputStream stream)
    {
        LabColumn.Table(run.Tests()).Write(stream);
        stream.Writer.WriteLine();
        for (int i = 0; i < run.Options.Tests.Count; i++)
        {
            WriteFailures(run, i, stream);
        }

        stream.WriteText(Summary(run));
    }

    private static void WriteFailures(LabRun run, int index, OutputStream stream)
    {
        LabSuiteTest test = run.Options.Tests[index];
        IReadOnlyList<LabFailure> failures = run.FailuresOf(index);
        if (failures.Count == 0)
        {
            return;
        }

        stream.WriteText($"{test.Name}: {stream.Painted($"FAILED in {Format.Number(failures.Count)} of {Format.Count(run.TotalsOf(index).Runs, "run")}", Paint.Red)}");
        foreach (LabFailure failure in failures.Take(Shown))
        {
            stream.WriteText($"  {Format.Numbered("run", failure.Run, run.Options.FirstRun + run.Options.Runs)}: {failure.Property}");
            foreach (string line in Format.Lines(failure.Message))
            {
                stream.WriteText($"    {line}");
            }

            WriteSchedule(run, test, failure, stream);
        }

        if (failures.Count > Shown)
        {
            stream.WriteText($"  and in the runs {string.Join(", ", failures.Skip(Shown).Take(100).Select(failure => failure.Run))}{(failures.Count > Shown + 100 ? ", ..." : "")}");
        }

        stream.Writer.WriteLine();
    }

    private static void WriteSchedule(LabRun run, LabSuiteTest test, LabFailure failure, OutputStream stream)
    {
        if (failure.ScheduleFile is { } file)
        {
            stream.WriteText($"    schedule: {file}");
            foreach ((string verb, string line) in run.Options.FollowUp.With(file))
            {
                stream.WriteCommand($"    {verb + ":",-9} ", line);
            }
        }
        else
        {
            stream.WriteText($"    schedule: {failure.ScheduleFileError ?? $"not kept; 'raft lab {test.Name} --seed {run.Options.Seed} --run {failure.Run}' repeats the run"}");
        }
    }

    private static string Summary(LabRun run)
    {
        (long runs, long failures, double real, double simulated) = run.Totals();
        string interrupted = run.WasInterrupted ? "interrupted; " : "";
        return $"{interrupted}{Format.Count(run.Options.Tests.Count, "test")}, seed {run.Options.Seed}, {Format.Count(run.Options.Workers, "worker")}, {Format.Seconds(run.Elapsed.TotalSeconds)}; "
            + $"one run of each test: {Format.Seconds(real)} of a worker's time, {Format.Seconds(simulated)} simulated: "
            + $"{Format.Number(runs - failures)} passed, {Format.Number(failures)} failed";
    }
}
