namespace Raft.Verified.KeyValue;

/// <summary>A client's request to a server.</summary>
/// <param name="Command">The command to put into the log; null to read.</param>
/// <param name="Key">The key to read; empty with a command.</param>
public sealed record KeyValueRequest(KeyValueCommand? Command, string Key = "")
{
    /// <summary>Creates a request for a key's value.</summary>
    /// <param name="key">The key to read.</param>
    public static KeyValueRequest Get(string key) => new(null, key);

    /// <inheritdoc />
    public override string ToString() => Command?.ToString() ?? $"get {Key}";
}
