using System.CommandLine;
using System.Globalization;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
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
        Option<bool?> columns = new("--columns")
        {
            Description = "True prints one column per server with events. False prints one uncut line per event, which begins with the server's name. [default: columns if they fit]",
            HelpName = "true|false",
        };
        Option<int?> from = Step("--from", "First step to show, as numbered in the log.");
        Option<int?> to = Step("--to", "Last step to show.");
        Option<string?> server = new("--server") { Description = "Server to show, such as S2, with the messages to and from it.", HelpName = "SERVER" };
        Option<bool> tolerant = new("--tolerant")
        {
            Description = "Skips steps that no longer match the code, and then continues fairly to the end. Use it after a change of the code.",
        };
        Option<string?> tla = CommandOptions.FilePath("--tla", "FILE", "Also writes a trace of the servers' actions, for 'raft check --trace' and specs/check.sh.");
        Option<double?> stepTimeout = CommandOptions.StepTimeout();
        Command command = new("replay", "Runs a schedule again, step by step, and prints the readable log: one column per server and one line per event.")
        {
            schedule, assembly, topics, columns, from, to, server, tolerant, tla, stepTimeout,
        };
        command.SetAction(parsed => Run(context, new ReplayOptions(
            parsed.GetValue(schedule)!, parsed.GetValue(assembly), Topics(parsed.GetValue(topics)), parsed.GetValue(columns), parsed.GetValue(from), parsed.GetValue(to),
            parsed.GetValue(server), parsed.GetValue(tolerant), parsed.GetValue(tla), CommandOptions.StepTimeoutOf(parsed, stepTimeout))));
        return command;
    }

    private static Option<int?> Step(string name, string description) =>
        CommandOptions.Number(name, "STEP", description, 0, int.MaxValue, "a whole number of at least 0, the number of a step");

    private static int Run(CommandContext context, ReplayOptions options)
    {
        ScheduleInput input = ScheduleInput.Read(context, options.Path, options.Assembly);
        LogFilter filter = FilterOf(options, input);
        TlaTrace? trace = options.TraceFile is null ? null : new TlaTrace(options.TraceFile, input.Scenario);
        OutputStream stream = context.Out;
        ReadableLog log = new(stream.Writer, input.Scenario.Cluster.Servers, new LogFormat
        {
            Topics = options.Topics,
            Columns = options.Columns,
            Filter = filter,
            Width = stream.LineWidth,
            HasColor = stream.HasColor,
        });
        log.WriteOrigin(input.Schedule);
        using StepWatchdog watchdog = context.Watch(options.StepTimeout);
        TolerantOutcome? tolerant = null;
        if (options.IsTolerant)
        {
            tolerant = RunTolerantly(context, input, watchdog);
            input = input with { Schedule = tolerant.Run };
        }
        else
        {
            input.NoteBuild(context);
        }

        log.WriteHeading();
        ReplayOutcome outcome = Replay(context, input, log, trace, watchdog);
        trace?.Write();
        if (log.Shown == 0)
        {
            stream.WriteText($"No event is shown; the schedule has {Format.Count(input.Schedule.Decisions.Count, "decision")}.");
        }

        if (outcome.Divergence is null)
        {
            log.WriteVerdict(outcome);
        }
        else
        {
            stream.Writer.WriteLine();
        }

        return Conclude(context, input, outcome, tolerant);
    }

    // The same in every run, so it can be replayed exactly, with the log, afterwards.
    private static TolerantOutcome RunTolerantly(CommandContext context, ScheduleInput input, StepWatchdog watchdog)
    {
        using Patience patience = new(context.Error, () => "looking for the steps that still match", context.Time);
        return TolerantReplay.Run(input.Scenario, input.Schedule, watchdog);
    }

    private static ReplayOutcome Replay(CommandContext context, ScheduleInput input, ReadableLog log, TlaTrace? trace, StepWatchdog watchdog)
    {
        IRaftObserver listener = trace is null ? log : trace.Beside(log);
        DecisionCount count = new(log, input.Schedule.Decisions.Count);
        try
        {
            using Patience patience = new(context.Error, count.ToString, context.Time);
            return Replayer.Replay(input.Scenario.ObservedBy(listener, trace?.Inputs), input.Schedule, count, watchdog);
        }
        finally
        {
            log.Finish();
        }
    }

    private static int Conclude(CommandContext context, ScheduleInput input, ReplayOutcome outcome, TolerantOutcome? tolerant)
    {
        OutputStream stream = context.Out;
        Schedule schedule = input.Schedule;
        if (input.Difference(outcome) is { } difference)
        {
            stream.Writer.WriteLine("reproduced: no");
            stream.Writer.Flush();
            context.Error.Writer.WriteLine($"raft: {Format.OneLine(difference)}");
            return ExitStatus.Divergence;
        }

        string fairly = schedule.Tail is { } tail ? $", plus {Format.Number(tail.Decisions)} by the fair scheduler" : "";
        string length = $"{Format.Count(schedule.Decisions.Count, "decision")}{fairly}";
        stream.WriteText(tolerant switch
        {
            null or { IsExact: true } => $"reproduced: yes, in {length}",
            { Skipped: 0 } => $"tolerant: every one of {Format.Count(tolerant.Steps, "step")} was found; the run has {length}",
            _ => $"tolerant: {Format.Number(tolerant.Skipped)} of {Format.Count(tolerant.Steps, "step")} skipped, because they no longer match; the run has {length}",
        });
        return outcome.Property is null ? ExitStatus.NothingFound : ExitStatus.Violation;
    }

    private static LogFilter FilterOf(ReplayOptions options, ScheduleInput input)
    {
        if (options is { From: { } from, To: { } to } && from > to)
        {
            throw new InputException($"--from is '{from}' and --to is '{to}'; expected --from to be at most --to");
        }

        return new LogFilter(options.From ?? 0, options.To ?? int.MaxValue, ServerOf(options.Server, input.Scenario.Cluster.Servers));
    }

    private static ServerId ServerOf(string? name, int servers)
    {
        if (name is null)
        {
            return ServerId.None;
        }

        string digits = name.StartsWith('S') || name.StartsWith('s') ? name[1..] : name;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id >= 1 && id <= servers
            ? new ServerId(id)
            : throw new InputException($"--server is '{name}'; expected one of {string.Join(", ", Enumerable.Range(1, servers).Select(server => $"S{server}"))}");
    }

    private static LogTopic Topics(string? list) => LogTopics.TryParse(list, out LogTopic topics, out string? unknown)
        ? topics
        : throw new InputException($"--topics has '{unknown}'; expected one or more of {string.Join(",", LogTopics.Names)}");
}
