using System.CommandLine;
using Raft.Verified.ModelChecking;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// The options of <c>raft check</c> that set the bounds of a model. Without the name of a model they define a new one,
/// with a name they change that model.
/// </summary>
internal sealed class BoundsOptions
{
    private readonly Option<int?> _servers = Bound("--servers", "Number of servers.", 1, 7);
    private readonly Option<int?> _candidates = Bound("--candidates", "Number of servers that stand for election, counted from the first; 0 for all.", 0, 7);
    private readonly Option<int?> _evenTerms = Bound("--even-terms", "Number of candidates, counted from the last, that stand in even terms only. The others stand in odd terms only. 0: all stand in all terms.", 0, 7);
    private readonly Option<int?> _terms = Bound("--terms", "Last term in which an election may begin.", 1, 7);
    private readonly Option<int?> _proposals = Bound("--proposals", "Maximum number of proposed commands.", 0, 100);
    private readonly Option<int?> _crashes = Bound("--crashes", "Maximum number of crashes.", 0, 100);
    private readonly Option<int?> _snapshots = Bound("--snapshots", "Maximum number of log compactions.", 0, 100);
    private readonly Option<int?> _reads = Bound("--reads", "Maximum number of read rounds per leader and term.", 0, 100);
    private readonly Option<int?> _entries = Bound("--entries", "Maximum number of entries per request.", 1, 100);
    private readonly Option<int?> _inFlight = Bound("--in-flight", "Maximum number of entries in flight to a follower.", 1, 100);
    private readonly Option<int?> _chunks = Bound("--chunks", "Number of chunks per snapshot.", 1, 8);
    private readonly Option<bool?> _heartbeats = Flag("--heartbeats", "Allows heartbeat timers to fire.");
    private readonly Option<bool?> _asyncDisk = Flag("--async-disk", "Makes writes take time, so that a crash can cut them off.");
    private readonly Option<bool?> _emptyEntry = Flag("--empty-entry", "Makes a new leader append an empty entry.");

    private Option[] All =>
    [
        _servers, _candidates, _evenTerms, _terms, _proposals, _crashes, _snapshots, _reads, _entries, _inFlight, _chunks, _heartbeats, _asyncDisk, _emptyEntry,
    ];

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command that gets the options.</param>
    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Returns the models that the command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="names">The names and patterns of models; empty for the default.</param>
    /// <exception cref="InputException">A model does not exist, or a bound contradicts another one.</exception>
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

    /// <summary>Returns the single model that the command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="names">The names and patterns of models.</param>
    /// <exception cref="InputException">
    /// The command line asks for no or several models, or a model does not exist.
    /// </exception>
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
                    ? $"no model matches '{name}'"
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
