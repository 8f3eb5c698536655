using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>What a client asks of a server.</summary>
/// <param name="Command">The command to put into the log; null to read.</param>
/// <param name="Key">The key to read; empty with a command.</param>
public sealed record KeyValueRequest(KeyValueCommand? Command, string Key = "")
{
    /// <summary>Asks for a key's value.</summary>
    public static KeyValueRequest Get(string key) => new(null, key);

    /// <inheritdoc />
    public override string ToString() => Command?.ToString() ?? $"get {Key}";
}

/// <summary>Why a server has no answer.</summary>
public enum KeyValueFailure
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>The request has no effect: this server does not lead, or another leader's entry took the command's place.</summary>
    NoEffect,

    /// <summary>Nobody can say whether the command has, or will have, an effect.</summary>
    OutcomeUnknown,
}

/// <summary>What a server says to a client.</summary>
/// <param name="Reply">The store's answer; null when there is a failure.</param>
/// <param name="Failure">Why there is none.</param>
/// <param name="Leader">With a failure: the leader as far as the server knows; possibly none.</param>
public readonly record struct KeyValueResponse(KeyValueReply? Reply, KeyValueFailure Failure = KeyValueFailure.None, ServerId Leader = default);

/// <summary>Carries a request to a server and its response back. May lose either, and repeat a request.</summary>
public interface IKeyValueTransport
{
    /// <summary>Asks a server.</summary>
    /// <param name="server">Whom.</param>
    /// <param name="request">What.</param>
    /// <returns>The response; null when none came and none will, which says nothing about whether the server did it. May never complete.</returns>
    Task<KeyValueResponse?> SendAsync(ServerId server, KeyValueRequest request);
}

/// <summary>
/// A session expired before an operation was answered, and so long ago that it is forgotten: nobody knows any more whether some copy of the operation has
/// taken effect.
/// </summary>
/// <param name="operation">The operation.</param>
public sealed class KeyValueOutcomeUnknownException(string operation)
    : Exception($"the session of this client has expired; whether '{operation}' has taken effect is not known");
