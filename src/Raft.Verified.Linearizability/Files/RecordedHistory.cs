using Raft.Verified.Linearizability.Files.Edn;
using Raft.Verified.Linearizability.Files.Forms;
using Raft.Verified.Linearizability.Files.Operations;

namespace Raft.Verified.Linearizability.Files;

/// <summary>A history that was read from a file and can be checked against a model.</summary>
public sealed class RecordedHistory
{
    private static readonly (string Model, string[] OtherNames, Reader Read)[] Readers =
    [
        ("register", ["cas-register"], ReaderOf(RegisterCalls.Meaning)),
        ("kv", [], ReaderOf(KeyValueCalls.Meaning)),
        ("versioned", [], ReaderOf(VersionedCalls.Meaning)),
        ("mutex", [], ReaderOf(MutexCalls.Meaning)),
        ("multi-register", [], ReaderOf(MultiRegisterCalls.Meaning)),
        ("set", [], ReaderOf(SetCalls.Meaning)),
        ("fifo-queue", ["queue"], ReaderOf(QueueCalls.Meaning)),
    ];

    private readonly Func<CheckOptions, LinearizabilityReport> _check;

    private RecordedHistory(string model, Func<CheckOptions, LinearizabilityReport> check)
    {
        Model = model;
        _check = check;
    }

    private delegate Func<CheckOptions, LinearizabilityReport> Reader(IReadOnlyList<RecordedCall> calls, HistoryReading reading);

    /// <summary>The names of the models, one per model; <c>specs/linearizability.md</c> describes them.</summary>
    public static IReadOnlyList<string> Models { get; } = [.. Readers.Select(reader => reader.Model)];

    /// <summary>The names of the models, including the names that other tools use for them.</summary>
    public static IReadOnlyList<string> AllNames { get; } = [.. Readers.SelectMany(reader => (string[])[reader.Model, .. reader.OtherNames])];

    /// <summary>The name of the model of this history, one of <see cref="Models"/>.</summary>
    public string Model { get; }

    /// <summary>
    /// The number of lines and entries that were skipped, because their process is not a numbered client.
    /// </summary>
    public int PassedOver { get; private init; }

    /// <summary>
    /// Reads a history in any of the formats of <c>specs/linearizability.md</c>, recognized by the content.
    /// </summary>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="reading">The options, such as the model.</param>
    /// <param name="interrupted">The token that ends the reading early.</param>
    /// <exception cref="OperationCanceledException"><paramref name="interrupted"/> was cancelled.</exception>
    /// <exception cref="ArgumentException">The model does not exist, or does not allow the initial value.</exception>
    /// <exception cref="HistoryFormatException">
    /// The format is unknown, a return has no call, a client has two open calls, or an operation is not one of the
    /// model.
    /// </exception>
    public static RecordedHistory Read(string file, Stream bytes, HistoryReading reading, CancellationToken interrupted = default)
    {
        // The model is checked before the file is read, because the file may be long.
        Reader? named = reading.Model is null ? null : ReaderOf(reading.Model);
        try
        {
            EntryMaker maker = new();
            List<RecordedCall> calls = CallPairing.Pair(UntilInterrupted(HistoryForm.Read(bytes, maker), interrupted));
            CheckOthers(maker, calls);
            calls = CallKeys.Assign(calls);
            string model = reading.Model ?? ModelChoice.Of(calls);
            return new RecordedHistory(NameOf(model), (named ?? ReaderOf(model))(calls, reading)) { PassedOver = maker.PassedOver };
        }
        catch (HistoryEntryException exception)
        {
            throw new HistoryFormatException(file, exception);
        }
    }

    /// <summary>
    /// Checks the history. The report refers to lines of the file, or to events when a line contains several.
    /// </summary>
    /// <param name="options">
    /// The bounds of the check; null for no bounds. <see cref="CheckOptions.Position"/> is ignored.
    /// </param>
    /// <exception cref="OperationCanceledException"><see cref="CheckOptions.Stop"/> ended the check.</exception>
    public LinearizabilityReport Check(CheckOptions? options = null) => _check(options ?? new CheckOptions());

    private static IEnumerable<HistoryEntry> UntilInterrupted(IEnumerable<HistoryEntry> entries, CancellationToken interrupted)
    {
        foreach (HistoryEntry entry in entries)
        {
            interrupted.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    // A verdict is worthless when operations were skipped, so a skipped entry must not be an operation.
    private static void CheckOthers(EntryMaker maker, List<RecordedCall> calls)
    {
        if (!maker.HasEntries)
        {
            throw new HistoryEntryException(
                0, "found no operation; expected EDN or JSON maps with :process, :type, :f and :value, or the lines of a jepsen.log or a history.txt");
        }

        HashSet<string> functions = [.. calls.Select(call => call.Function)];
        foreach ((string function, (string process, int line)) in maker.OtherCalls)
        {
            if (calls.Count == 0 || functions.Contains(function))
            {
                throw new HistoryEntryException(line, $"found :{function} of the process {process}; expected a client's number, because only a nemesis has a name");
            }
        }
    }

    private static string NameOf(string model) => Readers.First(reader => reader.Model == model || reader.OtherNames.Contains(model)).Model;

    private static Reader ReaderOf(string model) => Readers.FirstOrDefault(reader => reader.Model == model || reader.OtherNames.Contains(model)).Read
        ?? throw new ArgumentException($"unknown model '{model}'; expected one of {string.Join(", ", Models)}", nameof(model));

    private static Reader ReaderOf<TState, TCommand, TAnswer>(CallMeaning<TState, TCommand, TAnswer> meaning)
        where TState : notnull => (calls, reading) =>
    {
        SequentialModel<TState, TCommand, TAnswer> model = ModelOf(meaning, reading.Initial);
        bool isByLine = HaveLinesOfTheirOwn(calls);
        List<HistoryOperation<TCommand, TAnswer>> operations = meaning.ReadAll(calls, reading, entry => isByLine ? entry.Line : entry.Number);
        return options => LinearizabilityChecker.Check(model, operations, options with { Position = isByLine ? "line" : "event" });
    };

    private static SequentialModel<TState, TCommand, TAnswer> ModelOf<TState, TCommand, TAnswer>(CallMeaning<TState, TCommand, TAnswer> meaning, string? initial)
        where TState : notnull
    {
        if (initial is null)
        {
            return meaning.Model(null);
        }

        if (!meaning.TakesInitial)
        {
            throw new ArgumentException($"the initial value is '{initial}', but a {meaning.Model(null).Name} has none; expected a register or a multi-register");
        }

        try
        {
            EdnReader reader = new(new EdnText(initial), new EdnAtoms());
            return reader.Next() is { } value && reader.IsAtEnd() ? meaning.Model(value) : throw new EdnException("expected one value, such as 0");
        }
        catch (EdnException exception)
        {
            throw new ArgumentException($"the initial value is '{Found.Of(initial)}': {exception.Message}", exception);
        }
    }

    private static bool HaveLinesOfTheirOwn(IReadOnlyList<RecordedCall> calls)
    {
        HashSet<int> lines = [];
        return calls.All(call => lines.Add(call.Call.Line) && (call.Return is null || lines.Add(call.Return.Line)));
    }
}
