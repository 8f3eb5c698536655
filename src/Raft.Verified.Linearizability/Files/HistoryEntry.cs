using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files;

/// <summary>A call or a return of a client, as recorded in a history.</summary>
/// <param name="Line">The line in which the entry begins, from 1.</param>
/// <param name="Number">The position among the entries of the file, from 1.</param>
/// <param name="Client">The number of the client, which Jepsen calls process.</param>
/// <param name="Type">The type of the entry.</param>
/// <param name="Function">The name of the function that is called.</param>
/// <param name="Value">The argument of a call or the result of a return; null when the entry has none.</param>
/// <param name="Key">The key, when the entry has a separate field for it; otherwise null.</param>
internal sealed record HistoryEntry(int Line, int Number, int Client, HistoryEntryType Type, string Function, EdnValue? Value, EdnValue? Key)
{
    /// <summary>Returns the operation as text, for messages.</summary>
    public override string ToString() =>
        $"{Function}{(Key is null ? "" : $" {Key}")}{(Value is null or { Kind: EdnKind.Nil } ? "" : $" {Value}")}";

    /// <summary>Creates an exception about this entry.</summary>
    /// <param name="problem">The description of what was found and what was expected.</param>
    public HistoryEntryException Problem(string problem) => new(Line, problem);
}
