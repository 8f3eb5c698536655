using System.CommandLine;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.History;
using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Files;

namespace Raft.Verified.Cli.Commands;

/// <summary><c>raft linearize FILE...</c>: checks recorded histories.</summary>
internal static class LinearizeCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "History files, or - for standard input: EDN or JSON operations as of Jepsen, a jepsen.log or a history.txt. The form is recognized by the content.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> model = CommandOptions.OneOf(
            "--model",
            "NAME",
            $"What the histories are of: {string.Join(", ", RecordedHistory.Models)}. Without it, the functions that clients called tell.",
            RecordedHistory.AllNames);
        Option<string?> initial = new("--initial")
        {
            HelpName = "VALUE",
            Description = "The value of a register before the first operation, in EDN, such as 0; of a multi-register a map, such as '{:x 0, :y 0}'. nil without it.",
        };
        Option<string?> failedCas = CommandOptions.OneOf(
            "--failed-cas",
            "MEANING",
            "What :fail of a :cas means. no-effect: it did not take place, and nothing else is known. mismatch: the register had another value. no-effect without it.",
            ["no-effect", "mismatch"]);
        Option<string?> nilReads = CommandOptions.OneOf(
            "--nil-reads",
            "MEANING",
            "What a read that is :ok with nil means. value: there was no value. unknown: the client does not know what it read. value without it.",
            ["value", "unknown"]);
        Option<long?> memory = new("--memory")
        {
            HelpName = "MB",
            Description = "The most memory that the search may take, in megabytes; a history that needs more is unknown. Half of the machine's without it.",
        };
        Option<string?> html = new("--html")
        {
            HelpName = "FILE",
            Description = "Writes a page with a picture of the first history that is not linearizable: its operations as bars in time, the longest order found, what cannot come next.",
        };
        Option<bool> json = new("--json") { Description = "Prints the verdicts as one JSON object." };
        Command command = new("linearize", "Checks recorded histories of clients: is there an order of their operations that explains every answer?")
        {
            files, model, initial, failedCas, nilReads, memory, html, json,
        };
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

        // All are read before the first is checked: bad input is told at once, and alone.
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
            context.Error.Writer.WriteLine($"picture: none, because no history was shown not to be linearizable; {file} is not written");
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
