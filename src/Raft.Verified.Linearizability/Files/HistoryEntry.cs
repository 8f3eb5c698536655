using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files;

/// <summary>A call or a return of a client, as a history has it.</summary>
/// <param name="Line">The number of the line in which it begins, from 1.</param>
/// <param name="Number">Its number among the entries of the file, from 1.</param>
/// <param name="Client">The client's number, Jepsen's process.</param>
/// <param name="Type">The type.</param>
/// <param name="Function">The name of the function that is called.</param>
/// <param name="Value">The argument of a call, the result of a return; null when the entry has none.</param>
/// <param name="Key">The key, where the entry names it in a field of its own.</param>
internal sealed record HistoryEntry(int Line, int Number, int Client, HistoryEntryType Type, string Function, EdnValue? Value, EdnValue? Key)
{
    /// <summary>The operation as text for messages.</summary>
    public override string ToString() =>
        $"{Function}{(Key is null ? "" : $" {Key}")}{(Value is null or { Kind: EdnKind.Nil } ? "" : $" {Value}")}";

    /// <summary>An error about this entry.</summary>
    /// <param name="problem">A description of what was found and what was expected.</param>
    public HistoryEntryException Problem(string problem) => new(Line, problem);
}
