using System.CommandLine;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Protocol;
using Raft.Verified.Testing.Log;

namespace Raft.Verified.Cli.Commands;

/// <summary>The command <c>raft replay SCHEDULE</c>, which runs a schedule again and prints the events.</summary>
internal static class ReplayCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> schedule = new("SCHEDULE") { Description = "Schedule file, as written by 'raft test'." };
        Option<string?> assembly = AssemblyOption.CreateForSchedule();
        Option<string?> topics = new("--topics")
        {
            Description = $"Topics to show, separated by commas: {string.Join(", ", LogTopics.Names)}. [default: all but disk and reset]",
            HelpName = "LIST",
        };
        Option<bool> columns = new("--columns")
        {
            Description = "Prints one column per server and cuts long texts; 'false' prints the server's name and the whole text instead. [default: true]",
            HelpName = "true|false",
            DefaultValueFactory = _ => true,
        };
        Option<string?> tla = CommandOptions.FilePath("--tla", "FILE", "Also writes a trace of the servers' actions, for 'raft check --trace' and specs/check.sh.");
        Option<double?> stepTimeout = CommandOptions.StepTimeout();
        Command command = new("replay", "Runs a schedule again, step by step, and prints the readable log: one column per server and one line per event.")
        {
            schedule, assembly, topics, columns, tla, stepTimeout,
        };
        command.SetAction(parsed => Run(
            context, parsed.GetValue(schedule)!, parsed.GetValue(assembly), Topics(parsed.GetValue(topics)), parsed.GetValue(columns), parsed.GetValue(tla),
            CommandOptions.StepTimeoutOf(parsed, stepTimeout)));
        return command;
    }

    private static int Run(CommandContext context, string path, string? assembly, LogTopic topics, bool columns, string? tla, TimeSpan stepTimeout)
    {
        ScheduleInput input = ScheduleInput.Read(context, path, assembly);
        TlaTrace? trace = tla is null ? null : new TlaTrace(tla, input.Scenario);
        Schedule schedule = input.Schedule;
        OutputStream stream = context.Out;
        ReadableLog log = new(stream.Writer, input.Scenario.Cluster.Servers, new LogFormat
        {
            Topics = topics,
            HasColumns = columns,
            Width = stream.IsTerminal ? stream.Width : null,
            HasColor = stream.HasColor,
        });
        log.WriteOrigin(schedule);
        input.NoteBuild(context);
        log.WriteHeading();
        using StepWatchdog watchdog = context.Watch(stepTimeout);
        IRaftObserver listener = trace is null ? log : trace.Beside(log);
        ReplayOutcome outcome = Replayer.Replay(input.Scenario.ObservedBy(listener, trace?.Inputs), schedule, log, watchdog);
        trace?.Write();
        if (outcome.Divergence is null)
        {
            log.WriteVerdict(outcome);
        }
        else
        {
            stream.Writer.WriteLine();
        }

        if (input.Difference(outcome) is { } difference)
        {
            stream.Writer.WriteLine("reproduced: no");
            stream.Writer.Flush();
            context.Error.Writer.WriteLine($"raft: {Format.OneLine(difference)}");
            return ExitStatus.Divergence;
        }

        string fairly = schedule.Tail is { } tail ? $", plus {Format.Number(tail.Decisions)} by the fair scheduler" : "";
        stream.Writer.WriteLine($"reproduced: yes, in {Format.Count(schedule.Decisions.Count, "decision")}{fairly}");
        return ExitStatus.Violation;
    }

    private static LogTopic Topics(string? list) => LogTopics.TryParse(list, out LogTopic topics, out string? unknown)
        ? topics
        : throw new InputException($"--topics has '{unknown}'; expected one or more of {string.Join(",", LogTopics.Names)}");
}
