namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a versioned key/value store.</summary>
/// <param name="IsPut">Whether it puts; otherwise it gets.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value to put; empty to a get.</param>
/// <param name="Version">The version that the key must have for the put to take effect: 0 for a key that does not exist; nothing to a get.</param>
public readonly record struct VersionedCommand(bool IsPut, string Key, string Value = "", long Version = 0)
{
    /// <summary>Asks for a key's value and version.</summary>
    public static VersionedCommand Get(string key) => new(false, key);

    /// <summary>Gives a key a value, if it has this version.</summary>
    public static VersionedCommand Put(string key, string value, long version) => new(true, key, value, version);

    /// <inheritdoc />
    public override string ToString() => IsPut ? $"put {Key} \"{Value}\" at version {Version}" : $"get {Key}";
}
