using System.CommandLine;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.History;
using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Files;

namespace Raft.Verified.Cli.Commands;

/// <summary>The command <c>raft linearize FILE...</c>, which checks recorded histories.</summary>
internal static class LinearizeCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "History files, or - for standard input: operations of Jepsen in EDN or JSON, a jepsen.log, or a history.txt. The format is recognized by the content.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> model = CommandOptions.OneOf(
            "--model",
            "NAME",
            $"Model of the histories: {string.Join(", ", RecordedHistory.Models)}. [default: derived from the functions that clients called]",
            RecordedHistory.AllNames);
        Option<string?> initial = new("--initial")
        {
            HelpName = "VALUE",
            Description = "Initial value of a register in EDN, such as 0, or the initial map of a multi-register, such as '{:x 0, :y 0}'. [default: nil]",
        };
        Option<string?> failedCas = CommandOptions.OneOf(
            "--failed-cas",
            "MEANING",
            "Meaning of a :cas that is :fail. no-effect: it did not take effect, and nothing else is known. mismatch: the register had another value. [default: no-effect]",
            ["no-effect", "mismatch"]);
        Option<string?> nilReads = CommandOptions.OneOf(
            "--nil-reads",
            "MEANING",
            "Meaning of a read that is :ok with nil. value: there was no value. unknown: the client does not know what it read. [default: value]",
            ["value", "unknown"]);
        Option<long?> memory = new("--memory")
        {
            HelpName = "MB",
            Description = "Memory limit of the search, in megabytes. The verdict for a history that needs more is unknown. [default: half of the machine's memory]",
        };
        Option<string?> html = new("--html")
        {
            HelpName = "FILE",
            Description = "Writes an HTML page about the first non-linearizable history: operations as bars in time, the longest order found, and the operations that cannot come next.",
        };
        Option<bool> json = new("--json") { Description = "Prints the verdicts as one JSON object." };
        Command command = new("linearize", "Checks whether recorded histories of clients are linearizable: whether some order of their operations explains every answer.")
        {
            files, model, initial, failedCas, nilReads, memory, html, json,
        };
        AssemblyOption.Refuse(command, "it reads histories, and runs no scenario");
        command.SetAction(parsed =>
        {
            HistoryReading reading = new()
            {
                Model = parsed.GetValue(model),
                Initial = parsed.GetValue(initial),
                FailedCompareAndSet = parsed.GetValue(failedCas) == "mismatch" ? FailedCompareAndSet.Mismatch : FailedCompareAndSet.NoEffect,
                NilRead = parsed.GetValue(nilReads) == "unknown" ? NilRead.Unknown : NilRead.Value,
            };
            try
            {
                CheckOptions bounds = BoundsOf(parsed.GetValue(memory), context.Interrupted);
                return Run(context, parsed.GetValue(files)!, reading, bounds, parsed.GetValue(html), parsed.GetValue(json));
            }
            catch (OperationCanceledException) when (context.Interrupted.IsCancellationRequested)
            {
                return ExitStatus.Interrupted;
            }
        });
        return command;
    }

    private static CheckOptions BoundsOf(long? megabytes, CancellationToken interrupted) => megabytes is < 1 or > 1_000_000
        ? throw new InputException($"--memory is {megabytes}; expected megabytes from 1 to 1,000,000")
        : new CheckOptions
        {
            MaxBytes = megabytes is { } given ? given << 20 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2,
            Workers = Environment.ProcessorCount,
            Stop = interrupted,
        };

    private static int Run(CommandContext context, string[] files, HistoryReading reading, CheckOptions bounds, string? html, bool json)
    {
        if (files.Count(file => file == HistoryInput.StandardInput) > 1)
        {
            throw new InputException("FILE is '-' twice; expected it once, because standard input can be read only once");
        }

        // All files are read before the first is checked, so that bad input is reported at once and without other
        // output.
        RecordedHistory[] histories = [.. files.Select(file => Read(context, file, reading))];
        List<HistoryVerdict> verdicts = [];
        for (int i = 0; i < files.Length; i++)
        {
            HistoryVerdict verdict = new(HistoryInput.NameOf(files[i]), histories[i].Model, histories[i].Check(bounds))
            {
                IsModelChosen = reading.Model is null,
                PassedOver = histories[i].PassedOver,
            };
            verdicts.Add(verdict);
            if (!json)
            {
                verdict.Write(context.Out);
            }
        }

        if (json)
        {
            context.Out.Writer.WriteLine(HistoryVerdict.Json(verdicts));
        }

        if (html is not null)
        {
            WritePage(context, html, verdicts);
        }

        return verdicts.All(verdict => verdict.Report.IsLinearizable) ? ExitStatus.NothingFound : ExitStatus.Violation;
    }

    private static void WritePage(CommandContext context, string file, List<HistoryVerdict> verdicts)
    {
        if (verdicts.Find(verdict => verdict.Report.Failure is not null) is { } broken)
        {
            FileOutput.Write(file, HistoryPage.Of(broken));
            context.Error.Writer.WriteLine($"picture: {file}");
        }
        else
        {
            context.Error.Writer.WriteLine($"picture: none, because no history is known to be non-linearizable; {file} is not written");
        }
    }

    private static RecordedHistory Read(CommandContext context, string file, HistoryReading reading)
    {
        try
        {
            return HistoryInput.Read(context, file, reading);
        }
        catch (ArgumentException exception)
        {
            throw new InputException(exception.Message);
        }
    }
}
