using System.CommandLine;
using System.Globalization;
using Raft.Verified.Cli.Output;
using Raft.Verified.ModelChecking;

namespace Raft.Verified.Cli.Commands;

/// <summary><c>raft check [MODEL...]</c>: visits every state of the shipping core within bounds.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> models = new("MODEL")
        {
            Description = $"Models: {string.Join(", ", ModelLibrary.All.Select(model => model.Name))}. Without one, those that take seconds.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<long?> maxStates = new("--max-states") { HelpName = "N", Description = "Ends the check of a model after so many states. No limit without it." };
        Option<bool> json = new("--json") { Description = "Prints the reports as one JSON object." };
        Option<string?> states = new("--states")
        {
            HelpName = "FILE",
            Description = "Writes the SHA-256 of each state of one model, as the specification's variables have it, one a line and sorted.",
        };
        Option<string?> compare = new("--compare")
        {
            HelpName = "DUMP",
            Description = "Compares the states of one model with those that TLC has written (-dump FILE); with -dump dot,actionlabels FILE the steps, too.",
        };
        Command command = new("check", "Visits every state that the shipping protocol core can reach within a model's bounds, breadth first.") { models, maxStates, json, states, compare };
        command.SetAction(parsed => parsed.GetValue(states) is null && parsed.GetValue(compare) is null
            ? Run(context, parsed.GetValue(models)!, parsed.GetValue(maxStates), parsed.GetValue(json))
            : StateSetComparison.Run(context, Only(parsed.GetValue(models)!), LimitOf(parsed.GetValue(maxStates)), parsed.GetValue(states), parsed.GetValue(compare)));
        return command;
    }

    private static int Run(CommandContext context, string[] names, long? maxStates, bool json)
    {
        long limit = LimitOf(maxStates);
        IReadOnlyList<ModelBounds> models = names.Length == 0 ? ModelLibrary.Small : [.. names.Select(Find)];
        List<ModelReport> reports = [];
        foreach (ModelBounds model in models)
        {
            ModelReport report = new ModelChecker(model) { MaxStates = limit, Progress = progress => Tell(context, progress) }.Run(context.Interrupted);
            reports.Add(report);
            if (!json)
            {
                Write(context, report);
            }

            if (report.Violation is not null || context.Interrupted.IsCancellationRequested)
            {
                break;
            }
        }

        if (json)
        {
            context.Out.Writer.WriteLine(Json(reports));
        }

        return reports.Exists(report => report.Violation is not null) ? ExitStatus.Violation
            : context.Interrupted.IsCancellationRequested ? ExitStatus.Interrupted
            : ExitStatus.NothingFound;
    }

    private static long LimitOf(long? maxStates) => maxStates is null or >= 1 ? maxStates ?? long.MaxValue : throw new InputException(
        $"--max-states is {maxStates}; expected at least 1");

    private static ModelBounds Only(string[] names) => names.Length == 1 ? Find(names[0]) : throw new InputException(
        $"--states and --compare are given {names.Length} models; expected one");

    private static ModelBounds Find(string name) => ModelLibrary.Find(name) ?? throw new InputException(
        $"unknown model '{name}'{Nearest.Suggest(name, ModelLibrary.All.Select(model => model.Name))}; expected one of {string.Join(", ", ModelLibrary.All.Select(model => model.Name))}");

    private static void Tell(CommandContext context, ModelReport progress) => context.Error.Writer.WriteLine(
        $"{progress.Bounds.Name}: {Format.Number(progress.States)} states so far, depth {progress.Depth}, {Format.Number((long)(progress.States / progress.Seconds))} states/s");

    private static void Write(CommandContext context, ModelReport report)
    {
        string end = report.Violation is { } found ? context.Out.Painted($"VIOLATION of {found.Property}", Paint.Red)
            : report.IsComplete ? context.Out.Painted("every state visited, no violation", Paint.Green)
            : "no violation so far; not all states visited";
        context.Out.Writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Bounds.Name}: {Format.Number(report.States)} states, {Format.Number(report.Steps)} steps ({Format.Number(report.RealSteps)} on the real core), depth {report.Depth}, {report.Seconds:0.0} s: {end}"));
        if (report.Violation is not { } violation)
        {
            return;
        }

        context.Out.Writer.WriteLine($"  {Format.OneLine(violation.Message)}, after {Format.Count(violation.Steps.Count, "step")}:");
        for (int i = 0; i < violation.Steps.Count; i++)
        {
            context.Out.Writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {i + 1,4}  {violation.Steps[i]}"));
        }
    }

    private static string Json(List<ModelReport> reports) => JsonReport.Write(json =>
    {
        json.WriteStartArray("models");
        foreach (ModelReport report in reports)
        {
            json.WriteStartObject();
            json.WriteString("model", report.Bounds.Name);
            json.WriteNumber("states", report.States);
            json.WriteNumber("steps", report.Steps);
            json.WriteNumber("realSteps", report.RealSteps);
            json.WriteNumber("depth", report.Depth);
            json.WriteNumber("seconds", report.Seconds);
            json.WriteBoolean("complete", report.IsComplete);
            if (report.Violation is { } violation)
            {
                json.WriteString("property", violation.Property);
                json.WriteString("message", violation.Message);
                json.WriteStartArray("trace");
                foreach (string step in violation.Steps)
                {
                    json.WriteStringValue(step);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
