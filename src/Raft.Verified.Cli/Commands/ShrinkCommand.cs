using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Raft.Verified.Simulation;
using Spectre.Console;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// The command <c>raft shrink SCHEDULE</c>, which removes everything from a schedule that its violation does not need.
/// </summary>
internal static class ShrinkCommand
{
    private const double MaxSeconds = 366 * 24 * 3600;

    public static Command Create(CommandContext context)
    {
        Argument<string> schedule = new("SCHEDULE") { Description = "Schedule file, as written by 'raft test'." };
        Option<string?> assembly = AssemblyOption.CreateForSchedule();
        Option<string?> output = CommandOptions.FilePath("--out", "FILE", "File to write. [default: NAME.min.schedule in the folder of the schedule]");
        output.Aliases.Add("-o");
        Option<double?> seconds = CommandOptions.Number(
            "--seconds", "S", "Number of seconds after which shrinking stops with the best schedule so far. [default: no limit]",
            0.001, MaxSeconds, $"a number of seconds greater than 0, at most {MaxSeconds}");
        Option<double?> stepTimeout = CommandOptions.StepTimeout();
        Option<bool> json = new("--json") { Description = "Prints the report as one JSON object. Progress goes to standard error." };
        Command command = new(
            "shrink",
            "Removes everything from a schedule that its violation does not need, and writes the shorter schedule, which violates the same property.")
        {
            schedule, assembly, output, seconds, stepTimeout, json,
        };
        command.SetAction((parsed, _) => RunAsync(
            context, parsed.GetValue(schedule)!, parsed.GetValue(assembly), parsed.GetValue(output), parsed.GetValue(seconds), CommandOptions.StepTimeoutOf(parsed, stepTimeout), parsed.GetValue(json),
            context.Interrupted));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, string path, string? assembly, string? output, double? seconds, TimeSpan stepTimeout, bool json, CancellationToken interrupted)
    {
        ScheduleInput input = ScheduleInput.Read(context, path, assembly);
        (Schedule schedule, Scenario scenario) = (input.Schedule, input.Scenario);
        if (!schedule.Header.HasViolation)
        {
            throw new InputException($"{path}: was kept without a violation, so there is nothing to shrink; expected a schedule that violates a property");
        }

        string file = output ?? DefaultFile(path);
        FileOutput.CheckWritable(file);
        ShrinkResult result;
        try
        {
            result = await ShrinkAsync(scenario, schedule, json ? context.Error : context.Out, seconds, stepTimeout, interrupted);
        }
        catch (ScheduleNotReproducedException exception)
        {
            context.Out.Writer.Flush();
            context.Error.Writer.WriteLine($"raft: {Format.OneLine(exception.Message)}");
            return ExitStatus.Divergence;
        }

        ScheduleFile.Write(file, result.Schedule);
        if (json)
        {
            context.Out.Writer.WriteLine(Json(result, file));
        }
        else
        {
            WriteReport(input.Context, result, file);
        }

        return ExitStatus.NothingFound;
    }

    private static string DefaultFile(string path)
    {
        const string Extension = ".schedule";
        string name = path.EndsWith(Extension, StringComparison.Ordinal) ? path[..^Extension.Length] : path;
        return $"{name}.min{Extension}";
    }

    private static async Task<ShrinkResult> ShrinkAsync(
        Scenario scenario, Schedule schedule, OutputStream stream, double? seconds, TimeSpan stepTimeout, CancellationToken interrupted)
    {
        // The shrinking thread writes and the display reads. An array element holds the struct, so that the reference
        // is exchanged atomically.
        ShrinkProgress[] latest = [new ShrinkProgress("run it as it was found", 0, schedule.Decisions.Count, schedule.Decisions.Count, TimeSpan.Zero)];
        ShrinkOptions options = new()
        {
            Time = seconds is { } limit ? TimeSpan.FromSeconds(limit) : null,
            StepTimeout = stepTimeout,
            Cancellation = interrupted,
            Progress = progress => Volatile.Write(ref latest, [progress]),
        };
        ShrinkResult? result = null;
        await LiveProgress.ShowAsync(
            () => result = Shrinker.Shrink(scenario, schedule, options),
            stream,
            isOver => isOver ? null : new Markup(Markup.Escape($"{State()}; Ctrl-C ends shrinking with the best schedule so far")),
            State,
            () => { });
        return result!;

        string State()
        {
            ShrinkProgress progress = Volatile.Read(ref latest)[0];
            return $"{Format.Clock(progress.Elapsed)}: {Format.Number(progress.Decisions)} of {Format.Count(progress.From, "decision")} left, "
                + $"{Format.Count(progress.Runs, "run")}, now: {progress.Pass}";
        }
    }

    private static void WriteReport(CommandContext context, ShrinkResult result, string file)
    {
        OutputStream stream = context.Out;
        ScheduleContents before = result.Before;
        ScheduleContents after = result.After;
        stream.WriteText($"violates    {stream.Painted(Format.OneLine(result.Schedule.Header.Property), Paint.Red)}");
        (string Name, int Before, int After)[] lines =
        [
            ("decisions", before.Decisions, after.Decisions),
            ("servers", before.Servers, after.Servers),
            ("client operations", before.ClientOperations, after.ClientOperations),
            ("faults", before.Faults, after.Faults),
            ("switches", before.Switches, after.Switches),
        ];
        foreach ((string name, int was, int @is) in lines.Where(line => line.Before > 0))
        {
            stream.Writer.WriteLine($"{name,-17}  {Format.Number(was),9} -> {Format.Number(@is),-9}{Share(was, @is)}".TrimEnd());
        }

        if (result.Schedule.Tail is { } tail)
        {
            stream.WriteText($"fair end: {Format.Count(tail.Decisions, "decision")} by the fair scheduler, not in the file");
        }

        stream.WriteText($"{Format.Count(result.Runs, "run")} in {Format.Seconds(result.Seconds)}; "
            + (result.Complete ? "nothing more can be removed" : "ended before everything was tried"));
        stream.WriteText($"schedule: {file}");
        stream.WriteCommand("replay:   ", context.FollowUp.Of("replay", file));
        stream.WriteCommand("show:     ", context.FollowUp.Of("show", file));
    }

    private static string Share(int before, int after) =>
        before == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * after / before,5:F1} %");

    private static string Json(ShrinkResult result, string file)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("scenario", result.Schedule.Header.Scenario);
            json.WriteString("property", result.Schedule.Header.Property);
            WriteContents(json, "before", result.Before);
            WriteContents(json, "after", result.After);
            json.WriteNumber("thenFairly", result.Schedule.Tail?.Decisions ?? 0);
            json.WriteNumber("runs", result.Runs);
            json.WriteNumber("rounds", result.Rounds);
            json.WriteNumber("seconds", Math.Round(result.Seconds, 3));
            json.WriteBoolean("complete", result.Complete);
            json.WriteString("schedule", file);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteContents(Utf8JsonWriter json, string name, ScheduleContents contents)
    {
        json.WriteStartObject(name);
        json.WriteNumber("decisions", contents.Decisions);
        json.WriteNumber("servers", contents.Servers);
        json.WriteNumber("clientOperations", contents.ClientOperations);
        json.WriteNumber("faults", contents.Faults);
        json.WriteNumber("switches", contents.Switches);
        json.WriteEndObject();
    }
}
