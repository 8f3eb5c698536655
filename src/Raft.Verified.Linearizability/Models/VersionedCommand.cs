namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a versioned key/value store.</summary>
/// <param name="IsPut">True for a put, false for a get.</param>
/// <param name="Key">The key to read or change.</param>
/// <param name="Value">The value to put; empty for a get.</param>
/// <param name="Version">
/// The version that the key must have for the put to take effect, 0 for a key that does not exist; 0 for a get.
/// </param>
public readonly record struct VersionedCommand(bool IsPut, string Key, string Value = "", long Version = 0)
{
    /// <summary>Creates the command that reads value and version of a key.</summary>
    /// <param name="key">The key to read.</param>
    public static VersionedCommand Get(string key) => new(false, key);

    /// <summary>Creates the command that sets the value of a key if the key has a given version.</summary>
    /// <param name="key">The key to change.</param>
    /// <param name="value">The new value.</param>
    /// <param name="version">The version that the key must have; 0 for a key that does not exist.</param>
    public static VersionedCommand Put(string key, string value, long version) => new(true, key, value, version);

    /// <inheritdoc />
    public override string ToString() => IsPut ? $"put {Key} \"{Value}\" at version {Version}" : $"get {Key}";
}
