using Raft.Verified.Linearizability.Files.Edn;
using Raft.Verified.Linearizability.Files.Forms;
using Raft.Verified.Linearizability.Files.Operations;

namespace Raft.Verified.Linearizability.Files;

/// <summary>A history read from a file, ready to be checked against the model it was recorded from.</summary>
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

    /// <summary>The names of the models: see <c>specs/linearizability.md</c>.</summary>
    public static IReadOnlyList<string> Models { get; } = [.. Readers.Select(reader => reader.Model)];

    /// <summary>The names of the models, and other names that they have elsewhere.</summary>
    public static IReadOnlyList<string> AllNames { get; } = [.. Readers.SelectMany(reader => (string[])[reader.Model, .. reader.OtherNames])];

    /// <summary>The name of the model.</summary>
    public string Model { get; }

    /// <summary>How many lines and entries of the file were passed over, because they are not of a client with a number.</summary>
    public int PassedOver { get; private init; }

    /// <summary>Reads a history. Its form is recognized by its content: see <c>specs/linearizability.md</c>.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="bytes">The file's content.</param>
    /// <param name="reading">The model, and the choices that histories leave to their readers.</param>
    /// <param name="interrupted">Asks for an early end.</param>
    /// <exception cref="OperationCanceledException">An early end was asked for.</exception>
    /// <exception cref="ArgumentException">There is no such model, or the initial value is none that it can have.</exception>
    /// <exception cref="HistoryFormatException">
    /// The file has none of the forms, a return has no call, a client has two open calls, or the operations are not those of the model.
    /// </exception>
    public static RecordedHistory Read(string file, Stream bytes, HistoryReading reading, CancellationToken interrupted = default)
    {
        // Before the file, because it may be long.
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

    /// <summary>Checks the history. Its account speaks of the file's lines, or of its events where a line has several.</summary>
    /// <param name="options">The bounds; null for none. What positions count is known from the file.</param>
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

    // Entries that were passed over must not be missed: a verdict without them would be worth nothing.
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
