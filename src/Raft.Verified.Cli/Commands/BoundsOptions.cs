using System.CommandLine;
using Raft.Verified.ModelChecking;

namespace Raft.Verified.Cli.Commands;

/// <summary>The options of <c>raft check</c> that set a model's bounds: on their own they make a model, behind a model's name they change it.</summary>
internal sealed class BoundsOptions
{
    private readonly Option<int?> _servers = Bound("--servers", "Servers.", 1, 7);
    private readonly Option<int?> _candidates = Bound("--candidates", "Only the first so many servers stand for election; 0 for all.", 0, 7);
    private readonly Option<int?> _evenTerms = Bound("--even-terms", "Of the servers of --candidates the last so many stand in even terms only, the others in odd ones only; 0: all in all.", 0, 7);
    private readonly Option<int?> _terms = Bound("--terms", "The last term in which an election begins.", 1, 7);
    private readonly Option<int?> _proposals = Bound("--proposals", "Commands proposed at most.", 0, 100);
    private readonly Option<int?> _crashes = Bound("--crashes", "Crashes at most.", 0, 100);
    private readonly Option<int?> _snapshots = Bound("--snapshots", "Compactions of a log at most.", 0, 100);
    private readonly Option<int?> _reads = Bound("--reads", "Rounds of reads of a leader in a term at most.", 0, 100);
    private readonly Option<int?> _entries = Bound("--entries", "Entries in a request at most.", 1, 100);
    private readonly Option<int?> _inFlight = Bound("--in-flight", "Entries on their way to a follower at most.", 1, 100);
    private readonly Option<int?> _chunks = Bound("--chunks", "Chunks in which a snapshot is sent.", 1, 8);
    private readonly Option<bool?> _heartbeats = Flag("--heartbeats", "Whether heartbeat timers run out.");
    private readonly Option<bool?> _asyncDisk = Flag("--async-disk", "Whether writes take time, so that a crash may cut them.");
    private readonly Option<bool?> _emptyEntry = Flag("--empty-entry", "Whether a new leader appends an empty entry.");

    private Option[] All =>
    [
        _servers, _candidates, _evenTerms, _terms, _proposals, _crashes, _snapshots, _reads, _entries, _inFlight, _chunks, _heartbeats, _asyncDisk, _emptyEntry,
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>The models that were asked for.</summary>
    /// <exception cref="InputException">There is no such model, or a bound does not go with the others.</exception>
    public IReadOnlyList<ModelBounds> Models(ParseResult parsed, IReadOnlyList<string> names)
    {
        if (!Array.Exists(All, option => parsed.GetResult(option) is { Implicit: false }))
        {
            return names.Count == 0 ? ModelLibrary.Small : Named(names);
        }

        IReadOnlyList<ModelBounds> models = names.Count == 0
            ? [Changed(new ModelBounds { Name = "own", Servers = 3, MaxTerm = 2 }, parsed)]
            : [.. Named(names).Select(model => Changed(model, parsed))];
        foreach (ModelBounds model in models)
        {
            try
            {
                model.Validate();
            }
            catch (ArgumentException exception)
            {
                throw new InputException(exception.Message);
            }
        }

        return models;
    }

    /// <summary>The one model that was asked for.</summary>
    /// <exception cref="InputException">None or several were asked for, or there is no such model.</exception>
    public ModelBounds Single(ParseResult parsed, IReadOnlyList<string> names) => Models(parsed, names) is [var model]
        ? model
        : throw new InputException($"--states and --compare are given {Models(parsed, names).Count} models; expected one");

    private static IReadOnlyList<ModelBounds> Named(IReadOnlyList<string> names)
    {
        List<ModelBounds> models = [];
        foreach (string name in names)
        {
            ModelBounds[] fits = [.. ModelLibrary.Everything.Where(model => NamePattern.Fits(name, model.Name))];
            if (fits.Length == 0)
            {
                throw new InputException(NamePattern.IsPattern(name)
                    ? $"no model fits '{name}'"
                    : $"unknown model '{name}'{Nearest.Suggest(name, ModelLibrary.Everything.Select(model => model.Name))}; expected one of {string.Join(", ", ModelLibrary.Everything.Select(model => model.Name))}");
            }

            models.AddRange(fits.Where(model => !models.Contains(model)));
        }

        return models;
    }

    private ModelBounds Changed(ModelBounds model, ParseResult parsed) => model with
    {
        Servers = parsed.GetValue(_servers) ?? model.Servers,
        Candidates = parsed.GetValue(_candidates) ?? model.Candidates,
        EvenTerms = parsed.GetValue(_evenTerms) ?? model.EvenTerms,
        MaxTerm = parsed.GetValue(_terms) ?? model.MaxTerm,
        MaxProposals = parsed.GetValue(_proposals) ?? model.MaxProposals,
        MaxCrashes = parsed.GetValue(_crashes) ?? model.MaxCrashes,
        MaxCompactions = parsed.GetValue(_snapshots) ?? model.MaxCompactions,
        MaxRounds = parsed.GetValue(_reads) ?? model.MaxRounds,
        MaxEntries = parsed.GetValue(_entries) ?? model.MaxEntries,
        MaxInFlight = parsed.GetValue(_inFlight) ?? model.MaxInFlight,
        Chunks = parsed.GetValue(_chunks) ?? model.Chunks,
        Heartbeats = parsed.GetValue(_heartbeats) ?? model.Heartbeats,
        AsyncDisk = parsed.GetValue(_asyncDisk) ?? model.AsyncDisk,
        EmptyEntry = parsed.GetValue(_emptyEntry) ?? model.EmptyEntry,
    };

    private static Option<int?> Bound(string name, string description, int min, int max) =>
        CommandOptions.Number(name, "N", description, min, max, $"a whole number from {min} to {max}");

    private static Option<bool?> Flag(string name, string description) => new(name)
    {
        HelpName = "true|false",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 0 ? "true" : result.Tokens[0].Value;
            if (bool.TryParse(text, out bool value))
            {
                return value;
            }

            result.AddError($"{name} is '{text}'; expected true or false");
            return null;
        },
        Arity = ArgumentArity.ZeroOrOne,
    };
}
