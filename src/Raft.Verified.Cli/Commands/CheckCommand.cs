using System.CommandLine;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.Check;
using Raft.Verified.ModelChecking;

namespace Raft.Verified.Cli.Commands;

/// <summary><c>raft check [MODEL...]</c>: visits every state of the shipping core within bounds.</summary>
internal sealed class CheckCommand
{
    private const string AllReductions = "all";
    private const string NoReductions = "none";
    private static readonly string[] Reductions = ["symmetry", "closure", "dead-replies"];

    private readonly Argument<string[]> _models = new("MODEL")
    {
        Description = $"Models, or patterns such as 'hunt-*': {string.Join(", ", ModelLibrary.Everything.Select(model => model.Name))}. Without one, and without bounds of your own, those that take seconds.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly BoundsOptions _bounds = new();

    private readonly Option<string?> _reduce = new("--reduce")
    {
        HelpName = "NAMES",
        Description = $"Reductions, with commas between them: {string.Join(", ", Reductions)}; or {AllReductions}, or {NoReductions}. [default: {NoReductions}]",
    };

    private readonly Option<int?> _workers = CommandOptions.Number("--workers", "N", "Threads. [default: one for each processor]", 1, 1024, "a whole number from 1 to 1024");

    private readonly Option<long?> _maxStates = CommandOptions.Number("--max-states", "N", "Ends the check of a model after so many states.", 1, long.MaxValue, "a whole number of at least 1");

    private readonly Option<int?> _maxDepth = CommandOptions.Number("--max-depth", "N", "Ends the check of a model after so many levels.", 1, int.MaxValue, "a whole number of at least 1");

    private readonly Option<double?> _seconds = CommandOptions.Number("--seconds", "S", "Ends the check of a model after so many seconds.", 0.001, 1e9, "a number of seconds greater than 0");

    private readonly Option<long?> _memory = CommandOptions.Number("--memory", "MIB", "Ends the check of a model when its fingerprints take more memory.", 1, 1L << 30, "a number of MiB of at least 1");

    private readonly Option<long?> _expected = CommandOptions.Number(
        "--expected-states", "N", "Makes room for so many states at once, instead of little by little.", 0, 1L << 40, "a whole number from 0");

    private readonly Option<long?> _frontier = CommandOptions.Number(
        "--frontier-memory", "MIB", "Memory for states that wait and for the way to each; the rest is on disk. [default: 1024]", 0, 1L << 30, "a number of MiB from 0");

    private readonly Option<string?> _folder = CommandOptions.FilePath("--folder", "DIR", "Folder for what does not go into memory. [default: that for temporary files]");

    private readonly Option<string?> _checkpoint = CommandOptions.FilePath(
        "--checkpoint", "DIR", "Keeps the state of a check that ends before it is complete, and every half an hour, in this folder; with one model.");

    private readonly Option<bool> _resume = new("--resume") { Description = "Goes on with the check in --checkpoint." };

    private readonly Option<bool> _progress = new("--progress")
    {
        Description = "Asks, too, that from every state a leader can be elected, something be committed, and every server catch up, without another crash. Keeps the whole graph in memory.",
    };

    private readonly Option<string?> _states = CommandOptions.FilePath(
        "--states", "FILE", "Writes the SHA-256 of each state of one model, as the specification's variables have it, one a line and sorted.");

    private readonly Option<string?> _compare = CommandOptions.FilePath(
        "--compare", "DUMP", "Compares the states of one model with those that TLC has written (-dump FILE); with -dump dot,actionlabels FILE the steps, too.");

    private readonly Option<string[]> _traces = CheckTraces.Option();

    private readonly Option<string?> _out = CommandOptions.FilePath("--out", "DIR", "The folder for the schedule of a violation. [default: out]");

    private readonly Option<double?> _stepTimeout = CommandOptions.StepTimeout();

    private readonly Option<bool> _json = new("--json") { Description = "Prints the reports as one JSON object." };

    private readonly Option<string?> _junit = CommandOptions.FilePath("--junit", "FILE", "Writes a JUnit report, too.");

    public static Command Create(CommandContext context)
    {
        CheckCommand check = new();
        Command command = new("check", "Visits every state that the shipping protocol core can reach within a model's bounds, breadth first.")
        {
            check._models, check._reduce, check._workers, check._maxStates, check._maxDepth, check._seconds, check._memory, check._expected, check._frontier, check._folder,
            check._checkpoint, check._resume, check._progress, check._out, check._stepTimeout, check._states, check._compare, check._traces, check._json, check._junit,
        };
        check._bounds.AddTo(command);
        command.SetAction(parsed => parsed.GetValue(check._traces) is { Length: > 0 } files
            ? CheckTraces.Run(context, files, parsed.GetValue(check._models)!, parsed.GetValue(check._json))
            : parsed.GetValue(check._states) is null && parsed.GetValue(check._compare) is null
            ? check.Run(context, parsed)
            : StateSetComparison.Run(
                context, check._bounds.Single(parsed, parsed.GetValue(check._models)!), parsed.GetValue(check._maxStates) ?? long.MaxValue, parsed.GetValue(check._states), parsed.GetValue(check._compare)));
        return command;
    }

    private int Run(CommandContext context, ParseResult parsed)
    {
        IReadOnlyList<ModelBounds> models = _bounds.Models(parsed, parsed.GetValue(_models)!);
        SearchOptions options = Options(parsed);
        if (options.Checkpoint is not null && (models.Count > 1 || parsed.GetValue(_progress)))
        {
            throw new InputException($"--checkpoint is given with {(models.Count > 1 ? $"{models.Count} models" : "--progress")}; expected one model alone");
        }

        if (options.Resumes && !Directory.Exists(options.Checkpoint))
        {
            throw new InputException($"--resume is given with --checkpoint '{options.Checkpoint}'; expected the folder of a check to go on with");
        }

        bool json = parsed.GetValue(_json);
        List<ModelReport> reports = [];
        CheckSchedule? schedule = null;
        foreach (ModelBounds model in models)
        {
            ModelReport report = Check(model, options, context, parsed);
            reports.Add(report);
            if (report.Violation is { } violation)
            {
                schedule = CheckSchedule.Of(context, model, violation, parsed.GetValue(_out) ?? "out", CommandOptions.StepTimeoutOf(parsed, _stepTimeout));
            }

            if (!json)
            {
                CheckText.Write(report, schedule, context);
            }

            if (report.Violation is not null || context.Interrupted.IsCancellationRequested)
            {
                break;
            }
        }

        if (json)
        {
            context.Out.Writer.WriteLine(CheckJson.Of(reports, schedule));
        }

        if (parsed.GetValue(_junit) is { } file)
        {
            FileOutput.Write(file, CheckJUnit.Of(reports, models, schedule?.Lines(context.FollowUp) ?? []));
        }

        return reports.Exists(report => report.Violation is not null) ? ExitStatus.Violation
            : context.Interrupted.IsCancellationRequested ? ExitStatus.Interrupted
            : ExitStatus.NothingFound;
    }

    private ModelReport Check(ModelBounds model, SearchOptions options, CommandContext context, ParseResult parsed)
    {
        ModelChecker checker = new(model, options) { AsksForProgress = parsed.GetValue(_progress), Progress = progress => CheckText.WriteProgress(progress, context.Error) };
        try
        {
            return checker.Run(context.Interrupted);
        }
        catch (InvalidDataException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private SearchOptions Options(ParseResult parsed)
    {
        string folder = parsed.GetValue(_folder) ?? Path.GetTempPath();
        if (!Directory.Exists(folder))
        {
            throw new InputException($"--folder is '{folder}'; expected a folder that exists");
        }

        SearchOptions options = Reduced(parsed.GetValue(_reduce));
        return options with
        {
            Workers = parsed.GetValue(_workers) ?? options.Workers,
            MaxStates = parsed.GetValue(_maxStates) ?? options.MaxStates,
            MaxDepth = parsed.GetValue(_maxDepth) ?? options.MaxDepth,
            MaxTime = parsed.GetValue(_seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.MaxTime,
            MaxMemory = parsed.GetValue(_memory) is { } memory ? memory << 20 : options.MaxMemory,
            ExpectedStates = parsed.GetValue(_expected) ?? options.ExpectedStates,
            FrontierMemory = parsed.GetValue(_frontier) is { } frontier ? frontier << 20 : options.FrontierMemory,
            Folder = folder,
            Checkpoint = parsed.GetValue(_checkpoint),
            Resumes = parsed.GetValue(_resume),
        };
    }

    private static SearchOptions Reduced(string? names)
    {
        if (names is null or NoReductions)
        {
            return SearchOptions.Raw;
        }

        if (names == AllReductions)
        {
            return SearchOptions.Reduced;
        }

        string[] chosen = names.Split(',', StringSplitOptions.TrimEntries);
        return Array.Find(chosen, name => !Reductions.Contains(name)) is { } unknown
            ? throw new InputException($"--reduce has '{unknown}'{Nearest.Suggest(unknown, Reductions)}; expected some of {string.Join(", ", Reductions)}, or {AllReductions}, or {NoReductions}")
            : new SearchOptions
            {
                Symmetry = chosen.Contains(Reductions[0]),
                EagerClosure = chosen.Contains(Reductions[1]),
                DeadReplies = chosen.Contains(Reductions[2]),
            };
    }
}
