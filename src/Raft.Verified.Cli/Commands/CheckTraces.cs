using System.CommandLine;
using Raft.Verified.Cli.Output;
using Raft.Verified.ModelChecking.Traces;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// The command <c>raft check --trace FILE...</c>, which validates traces of servers against the shipping core.
/// </summary>
internal static class CheckTraces
{
    public static Option<string[]> Option() => new("--trace")
    {
        HelpName = "FILE...",
        Description = "Validates traces instead, as written by 'raft test --tla' and 'raft replay --tla': the shipping core must do what each line says.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public static int Run(CommandContext context, string[] files, string[] models, bool json)
    {
        if (models.Length > 0)
        {
            throw new InputException($"the model '{models[0]}' is named together with --trace; expected either traces or models");
        }

        List<(string File, TraceVerdict Verdict)> verdicts = [];
        foreach (string file in files)
        {
            context.Interrupted.ThrowIfCancellationRequested();
            TraceVerdict verdict = Validate(file);
            verdicts.Add((file, verdict));
            if (!json)
            {
                Write(context, file, verdict);
            }
        }

        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach ((string name, int count) in verdicts.SelectMany(verdict => verdict.Verdict.Counts))
        {
            counts[name] = counts.GetValueOrDefault(name) + count;
        }

        if (json)
        {
            context.Out.Writer.WriteLine(Json(verdicts, counts));
        }
        else
        {
            context.Out.Writer.WriteLine();
            foreach ((string name, int count) in counts)
            {
                context.Out.Writer.WriteLine($"{Format.Number(count),11}  {name}");
            }
        }

        return verdicts.TrueForAll(verdict => verdict.Verdict.IsAccepted) ? ExitStatus.NothingFound : ExitStatus.Violation;
    }

    private static TraceVerdict Validate(string file)
    {
        try
        {
            return TraceValidator.Validate(File.ReadLines(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file}: cannot be read: {exception.Message}");
        }
    }

    private static void Write(CommandContext context, string file, TraceVerdict verdict) => context.Out.Writer.WriteLine(
        verdict.Rejection is { } rejection
            ? $"{Format.OneLine(file)}: {context.Out.Painted($"rejected at line {verdict.Lines + 1}", Paint.Red)}: {Format.OneLine(rejection)}"
            : $"{Format.OneLine(file)}: {context.Out.Painted("accepted", Paint.Green)}, {Format.Count(verdict.Lines, "line")}");

    private static string Json(List<(string File, TraceVerdict Verdict)> verdicts, SortedDictionary<string, int> counts) => JsonReport.Write(json =>
    {
        json.WriteStartArray("traces");
        foreach ((string file, TraceVerdict verdict) in verdicts)
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteBoolean("accepted", verdict.IsAccepted);
            json.WriteNumber("lines", verdict.Lines);
            if (verdict.Rejection is { } rejection)
            {
                json.WriteNumber("rejectedAt", verdict.Lines + 1);
                json.WriteString("message", rejection);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("counts");
        foreach ((string name, int count) in counts)
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
    });
}
