using System.CommandLine;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.Check;
using Raft.Verified.ModelChecking;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// The command <c>raft check [MODEL...]</c>, which visits every state of the shipping core within bounds.
/// </summary>
internal sealed class CheckCommand
{
    private const string AllReductions = "all";
    private const string NoReductions = "none";
    private static readonly string[] Reductions = ["symmetry", "closure", "dead-replies"];

    private readonly Argument<string[]> _models = new("MODEL")
    {
        Description = $"Names of models, or patterns such as 'hunt-*': {string.Join(", ", ModelLibrary.Everything.Select(model => model.Name))}. [default: the models that take seconds, unless bounds are given]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly BoundsOptions _bounds = new();

    private readonly Option<string?> _reduce = new("--reduce")
    {
        HelpName = "NAMES",
        Description = $"Reductions, separated by commas: {string.Join(", ", Reductions)}; or {AllReductions}, or {NoReductions}. [default: {NoReductions}]",
    };

    private readonly Option<int?> _workers = CommandOptions.Number("--workers", "N", "Number of threads. [default: one per processor]", 1, 1024, "a whole number from 1 to 1024");

    private readonly Option<long?> _maxStates = CommandOptions.Number("--max-states", "N", "Number of states after which the check of a model ends.", 1, long.MaxValue, "a whole number of at least 1");

    private readonly Option<int?> _maxDepth = CommandOptions.Number("--max-depth", "N", "Number of levels after which the check of a model ends.", 1, int.MaxValue, "a whole number of at least 1");

    private readonly Option<double?> _seconds = CommandOptions.Number("--seconds", "S", "Number of seconds after which the check of a model ends.", 0.001, 1e9, "a number of seconds greater than 0");

    private readonly Option<long?> _memory = CommandOptions.Number("--memory", "MIB", "Memory limit for the fingerprints of a model, at which its check ends.", 1, 1L << 30, "a number of MiB of at least 1");

    private readonly Option<long?> _expected = CommandOptions.Number(
        "--expected-states", "N", "Number of states to reserve memory for at the start, instead of growing step by step.", 0, 1L << 40, "a whole number from 0");

    private readonly Option<long?> _frontier = CommandOptions.Number(
        "--frontier-memory", "MIB", "Memory for the states in the queue and for the path to each state; the rest is on disk. [default: 1024]", 0, 1L << 30, "a number of MiB from 0");

    private readonly Option<string?> _folder = CommandOptions.FilePath("--folder", "DIR", "Folder for data that does not fit into memory. [default: the folder for temporary files]");

    private readonly Option<string?> _checkpoint = CommandOptions.FilePath(
        "--checkpoint", "DIR", "Folder in which the progress of the check is saved every half hour, and when it ends early. Needs a single model.");

    private readonly Option<bool> _resume = new("--resume") { Description = "Continues the check that is saved in --checkpoint." };

    private readonly Option<bool> _progress = new("--progress")
    {
        Description = "Also checks progress: from every state, without another crash, a leader can be elected, a command committed, and every server can catch up. Keeps the whole graph in memory.",
    };

    private readonly Option<string?> _states = CommandOptions.FilePath(
        "--states", "FILE", "Writes the SHA-256 of each state of one model in terms of the specification's variables, sorted, one per line.");

    private readonly Option<string?> _compare = CommandOptions.FilePath(
        "--compare", "DUMP", "Compares the states of one model with those written by TLC with -dump FILE. With -dump dot,actionlabels FILE it also compares the steps.");

    private readonly Option<string[]> _traces = CheckTraces.Option();

    private readonly Option<string?> _out = CommandOptions.FilePath("--out", "DIR", "Folder for the schedule of a violation. [default: out]");

    private readonly Option<double?> _stepTimeout = CommandOptions.StepTimeout();

    private readonly Option<bool> _json = new("--json") { Description = "Prints the reports as one JSON object." };

    private readonly Option<string?> _junit = CommandOptions.FilePath("--junit", "FILE", "Also writes a JUnit report.");

    public static Command Create(CommandContext context)
    {
        CheckCommand check = new();
        Command command = new("check", "Visits every state that the shipping protocol core can reach within a model's bounds, breadth first.")
        {
            check._models, check._reduce, check._workers, check._maxStates, check._maxDepth, check._seconds, check._memory, check._expected, check._frontier, check._folder,
            check._checkpoint, check._resume, check._progress, check._out, check._stepTimeout, check._states, check._compare, check._traces, check._json, check._junit,
        };
        check._bounds.AddTo(command);
        AssemblyOption.Refuse(command, "it visits the states of the protocol core of the library");
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
            throw new InputException($"--checkpoint is given with {(models.Count > 1 ? $"{models.Count} models" : "--progress")}; expected a single model");
        }

        if (options.Resumes && !Directory.Exists(options.Checkpoint))
        {
            throw new InputException($"--resume is given with --checkpoint '{options.Checkpoint}'; expected the folder of a saved check");
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
