using System.CommandLine;
using Raft.Verified.Cli.Output;
using Raft.Verified.Specifications.Linearizability.Files;

namespace Raft.Verified.Cli.Commands;

/// <summary><c>raft linearize FILE...</c>: checks recorded histories.</summary>
internal static class LinearizeCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "History files: a call or a return a line, in the order of time.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> model = CommandOptions.OneOf(
            "--model", "NAME", $"What the histories are of, and so their format: {string.Join(", ", RecordedHistory.Models)}.", RecordedHistory.Models);
        Option<bool> json = new("--json") { Description = "Prints the verdicts as one JSON object." };
        Command command = new("linearize", "Checks recorded histories of clients: is there an order of their operations that explains every answer?")
        {
            files, model, json,
        };
        command.SetAction(parsed => Run(context, parsed.GetValue(files)!, ModelOf(parsed.GetValue(model)), parsed.GetValue(json)));
        return command;
    }

    // Checked here, because the message of a required option does not say what was expected.
    private static string ModelOf(string? model) =>
        model ?? throw new InputException($"--model is missing; expected one of {string.Join(", ", RecordedHistory.Models)}");

    private static int Run(CommandContext context, string[] files, string model, bool json)
    {
        // All are read before the first is checked: bad input is told at once, and alone.
        RecordedHistory[] histories = [.. files.Select(file => Read(file, model))];
        List<HistoryVerdict> verdicts = [];
        for (int i = 0; i < files.Length; i++)
        {
            HistoryVerdict verdict = new(files[i], model, histories[i].Check());
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

        return verdicts.All(verdict => verdict.Report.IsLinearizable) ? ExitStatus.NothingFound : ExitStatus.Violation;
    }

    private static RecordedHistory Read(string file, string model)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            throw new InputException("the history's path is empty; expected a history file");
        }

        try
        {
            return RecordedHistory.Read(model, file, File.ReadLines(file));
        }
        catch (HistoryFormatException exception)
        {
            throw new InputException(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: cannot be read: {exception.Message}");
        }
    }
}
