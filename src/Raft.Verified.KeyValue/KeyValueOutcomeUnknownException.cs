namespace Raft.Verified.KeyValue;

/// <summary>
/// The failure of an operation whose session has expired and been forgotten before the operation was answered. A copy
/// of the operation may have taken effect.
/// </summary>
/// <param name="operation">The operation, as text for the message.</param>
public sealed class KeyValueOutcomeUnknownException(string operation)
    : Exception($"the session of this client has expired; whether '{operation}' has taken effect is not known");
