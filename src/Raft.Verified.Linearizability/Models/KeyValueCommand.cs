namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a key/value store.</summary>
/// <param name="Kind">The kind of the command.</param>
/// <param name="Key">The key to read or change.</param>
/// <param name="Value">The value to put or append; empty for a get.</param>
public readonly record struct KeyValueCommand(KeyValueCommandKind Kind, string Key, string Value = "")
{
    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        KeyValueCommandKind.Get => $"get {Key}",
        KeyValueCommandKind.Put => $"put {Key} \"{Value}\"",
        _ => $"append {Key} \"{Value}\"",
    };
}
