namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a key/value store.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">What is put or appended; empty to a get.</param>
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
