using System.CommandLine;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.Log;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary><c>raft replay SCHEDULE</c>: runs a schedule again and prints what happens.</summary>
internal static class ReplayCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> schedule = new("SCHEDULE") { Description = "A schedule file, as 'raft test' writes it." };
        Option<string?> topics = new("--topics")
        {
            Description = $"What to show, separated by commas: {string.Join(", ", LogTopics.Names)}. [default: all but disk and reset]",
            HelpName = "LIST",
        };
        Option<bool> columns = new("--columns")
        {
            Description = "One column a server, where long texts are cut; 'false' prints the server's name and the whole text instead. [default: true]",
            HelpName = "true|false",
            DefaultValueFactory = _ => true,
        };
        Command command = new("replay", "Runs a schedule again, step by step, and prints the readable log: one column a server, one line an event.")
        {
            schedule, topics, columns,
        };
        command.SetAction(parsed => Run(context, parsed.GetValue(schedule)!, LogTopics.Parse(parsed.GetValue(topics)), parsed.GetValue(columns)));
        return command;
    }

    private static int Run(CommandContext context, string path, LogTopic topics, bool columns)
    {
        (Schedule schedule, Scenario scenario) = ScheduleArgument.Read(context, path);
        ScheduleHeader header = schedule.Header;
        OutputStream stream = context.Out;
        WriteHeader(stream, schedule);
        string build = CommandContext.Build(scenario);
        if (header.Build != build)
        {
            context.Error.Writer.WriteLine(
                $"raft: note: the schedule was written by build {Format.OneLine(header.Build)}, this is build {build}; it may not fit any more");
        }

        ReadableLog log = new(stream, scenario.Cluster.Servers, topics, columns);
        log.WriteHeading();
        ReplayOutcome outcome = Replayer.Replay(scenario, schedule, log, log);
        stream.Writer.WriteLine();
        if (outcome.Divergence is { } divergence)
        {
            return Diverged(context, $"the schedule diverged: {divergence}");
        }

        WriteViolation(stream, outcome.Property!, outcome.Message!);
        if (outcome.Property != header.Property)
        {
            return Diverged(context, $"the schedule says that it violates {header.Property}; this build finds {outcome.Property}");
        }

        stream.Writer.WriteLine($"reproduced: yes, in {Format.Count(schedule.Decisions.Count, "decision")}");
        return ExitStatus.Violation;
    }

    private static int Diverged(CommandContext context, string difference)
    {
        context.Out.Writer.WriteLine("reproduced: no");
        context.Out.Writer.Flush();
        context.Error.Writer.WriteLine($"raft: {Format.OneLine(difference)}");
        return ExitStatus.Divergence;
    }

    private static void WriteHeader(OutputStream stream, Schedule schedule)
    {
        ScheduleHeader header = schedule.Header;
        (string Name, string Value)[] lines =
        [
            ("scenario", header.Scenario),
            ("strategy", header.Strategy),
            ("clock", ScenarioText.Clock(header.Timed)),
            ("seed", $"{header.Seed}, schedule {header.Iteration}"),
            ("property", header.Property),
            ("decisions", Format.Number(schedule.Decisions.Count)),
        ];
        foreach ((string name, string value) in lines)
        {
            stream.Writer.WriteLine($"{stream.Painted(name.PadRight(9), Paint.Grey)}  {Format.OneLine(value)}");
        }

        stream.Writer.WriteLine();
    }

    private static void WriteViolation(OutputStream stream, string property, string message)
    {
        stream.Writer.WriteLine($"violated: {stream.Painted(property, Paint.Red)}");
        foreach (string line in Format.Lines(message))
        {
            stream.Writer.WriteLine($"  {line}");
        }
    }
}
