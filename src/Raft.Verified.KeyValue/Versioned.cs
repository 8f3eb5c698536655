namespace Raft.Verified.KeyValue;

/// <summary>A value and its version, which is the number of writes to its key.</summary>
internal readonly record struct Versioned(string Value, long Version);
