using System.Globalization;
using Raft.Verified.ModelChecking;

namespace Raft.Verified.Cli.Output.Check;

/// <summary>The reports of <c>raft check</c> for people.</summary>
internal static class CheckText
{
    /// <summary>Writes a line about the progress of a check.</summary>
    /// <param name="progress">The report so far.</param>
    /// <param name="stream">The destination of the line.</param>
    public static void WriteProgress(ModelReport progress, OutputStream stream) => stream.Writer.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Bounds.Name}: {Format.Clock(TimeSpan.FromSeconds(progress.Seconds))}, {Format.Number(progress.States)} states of {Format.Number(progress.Steps)} steps, depth {progress.Depth}, {Format.Number(progress.Queue)} in the queue, {Format.Number(progress.States / progress.Seconds)} states/s, {MiB(progress.TableBytes)} of memory, {MiB(progress.FileBytes)} on disk{Left(progress)}"));

    /// <summary>Writes the outcome of a check.</summary>
    /// <param name="report">The report of the model.</param>
    /// <param name="schedule">The schedule of the violation; null when there is no violation.</param>
    /// <param name="context">The context of the command.</param>
    public static void Write(ModelReport report, CheckSchedule? schedule, CommandContext context)
    {
        OutputStream stream = context.Out;
        string end = report.Violation is { } found ? stream.Painted($"VIOLATION of {found.Property}", Paint.Red)
            : report.IsComplete ? stream.Painted("every state visited, no violation", Paint.Green)
            : stream.Painted($"no violation so far; ended after {report.Limit ?? "an interruption"} with {Format.Number(report.Queue)} states in the queue", Paint.Yellow);
        stream.Writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Bounds.Name}: {Format.Number(report.States)} states, {Format.Number(report.Steps)} steps ({Format.Number(report.RealSteps)} on the real core), depth {report.Depth}, {report.Seconds:0.0} s: {end}"));
        if (report.Violation is not { } violation)
        {
            return;
        }

        stream.Writer.WriteLine($"  {Format.OneLine(violation.Message)}, after {Format.Count(violation.Steps.Count, "step")}:");
        for (int i = 0; i < violation.Steps.Count; i++)
        {
            stream.Writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {i + 1,4}  {violation.Steps[i]}"));
        }

        foreach (string line in schedule?.Lines(context.FollowUp) ?? [])
        {
            stream.Writer.WriteLine($"  {line}");
        }
    }

    // Returns an estimate of the remaining time; empty without a limit to derive it from.
    private static string Left(ModelReport progress)
    {
        double? share = progress.Options.MaxStates < long.MaxValue ? progress.States / (double)progress.Options.MaxStates : null;
        if (progress.Options.ExpectedStates > 0)
        {
            share ??= progress.States / (double)progress.Options.ExpectedStates;
        }

        if (progress.Options.MaxTime != Timeout.InfiniteTimeSpan)
        {
            share = Math.Max(share ?? 0, progress.Seconds / progress.Options.MaxTime.TotalSeconds);
        }

        return share is > 0 and < 1 ? $", about {Format.Clock(TimeSpan.FromSeconds((progress.Seconds / share.Value) - progress.Seconds))} left" : "";
    }

    private static string MiB(long bytes) => $"{Format.Number(bytes >> 20)} MiB";
}
