using System.CommandLine;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Testing.Page;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// The command <c>raft show SCHEDULE</c>, which runs a schedule again and writes an HTML page about the run.
/// </summary>
internal static class ShowCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> schedule = new("SCHEDULE") { Description = "Schedule file, as written by 'raft test'." };
        Option<string?> assembly = AssemblyOption.CreateForSchedule();
        Option<string?> output = new("--output", "-o")
        {
            Description = "Page to write. [default: the path of the schedule with the extension .html]",
            HelpName = "FILE.html",
        };
        Option<double?> stepTimeout = CommandOptions.StepTimeout();
        Command command = new("show", "Runs a schedule again and writes an HTML page with a space-time diagram, the servers' state at every step, and the explanation of the violation.")
        {
            schedule, assembly, output, stepTimeout,
        };
        command.SetAction(parsed => Run(context, parsed.GetValue(schedule)!, parsed.GetValue(assembly), parsed.GetValue(output), CommandOptions.StepTimeoutOf(parsed, stepTimeout)));
        return command;
    }

    private static int Run(CommandContext context, string path, string? assembly, string? output, TimeSpan stepTimeout)
    {
        ScheduleInput input = ScheduleInput.Read(context, path, assembly);
        string file = OutputFile(path, output);
        FileOutput.CheckWritable(file);
        input.NoteBuild(context);
        TraceRecorder recorder = new(input.Scenario);
        using StepWatchdog watchdog = context.Watch(stepTimeout);
        ReplayOutcome outcome = Replay(context, input, recorder, watchdog);
        string? difference = input.Difference(outcome);
        Trace trace = Trace.Of(input.Schedule, input.Scenario, recorder, outcome, difference) with
        {
            ReplayCommand = context.FollowUp.Of("replay", path),
            MutantTitle = TitleOf(input.Schedule.Header),
        };
        FileOutput.Write(file, TracePage.Of(trace, out Trace shown));
        string violation = outcome.Property is { } property ? $"{property} violated" : "no violation";
        string leftOut = shown.LeftOut > 0 ? $" (the page shows the last {Format.Number(shown.Events.Count)})" : "";
        context.Out.Writer.WriteLine(Format.OneLine($"{file}: {Format.Count(trace.Events.Count, "event")}{leftOut}, {violation}"));
        if (difference is null)
        {
            return ExitStatus.NothingFound;
        }

        context.Out.Writer.Flush();
        context.Error.Writer.WriteLine($"raft: {Format.OneLine(difference)}");
        return ExitStatus.Divergence;
    }

    private static ReplayOutcome Replay(CommandContext context, ScheduleInput input, TraceRecorder recorder, StepWatchdog watchdog)
    {
        DecisionCount count = new(recorder, input.Schedule.Decisions.Count);
        using Patience patience = new(context.Error, count.ToString, context.Time);
        return Replayer.Replay(input.Scenario.ObservedBy(recorder), input.Schedule, count, watchdog);
    }

    // The page names the seeded bug even if its description is gone.
    private static string? TitleOf(ScheduleHeader header)
    {
        if (header.Mutant is not { } id)
        {
            return null;
        }

        try
        {
            MutantCatalogue catalogue = header.MutantFolder is { } folder ? MutantCatalogue.Load(folder) : MutantCatalogue.Load();
            return catalogue.Mutants.FirstOrDefault(mutant => mutant.Id == id)?.Title;
        }
        catch (MutantException)
        {
            return null;
        }
    }

    private static string OutputFile(string schedule, string? output)
    {
        string file = output ?? Path.ChangeExtension(schedule, ".html");
        if (string.IsNullOrWhiteSpace(file))
        {
            throw new InputException("--output is empty; expected a path");
        }

        if (Path.GetFullPath(file) == Path.GetFullPath(schedule))
        {
            throw new InputException($"{file}: is the schedule itself; expected another --output");
        }

        return Directory.Exists(file) ? throw new InputException($"{file}: cannot be written: it is a folder") : file;
    }
}
