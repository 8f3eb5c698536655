using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>A client's request to a server.</summary>
/// <param name="Command">The command to put into the log; null to read.</param>
/// <param name="Key">The key to read; empty with a command.</param>
public sealed record KeyValueRequest(KeyValueCommand? Command, string Key = "")
{
    /// <summary>Creates a request for a key's value.</summary>
    public static KeyValueRequest Get(string key) => new(null, key);

    /// <inheritdoc />
    public override string ToString() => Command?.ToString() ?? $"get {Key}";
}

/// <summary>The reason for which a server has no answer.</summary>
public enum KeyValueFailure
{
    /// <summary>There is no failure; the server has an answer.</summary>
    None,

    /// <summary>The request has no effect: this server does not lead, or another leader's entry took the command's place.</summary>
    NoEffect,

    /// <summary>The command may have an effect, now or later; the outcome is unknown.</summary>
    OutcomeUnknown,
}

/// <summary>A server's response to a client.</summary>
/// <param name="Reply">The store's answer; null when there is a failure.</param>
/// <param name="Failure">The reason for which there is no reply.</param>
/// <param name="Leader">With a failure, the leader to try next; none when the server does not know it.</param>
public readonly record struct KeyValueResponse(KeyValueReply? Reply, KeyValueFailure Failure = KeyValueFailure.None, ServerId Leader = default);

/// <summary>
/// The transport that carries requests to servers and responses back. It may lose both, and may repeat a request.
/// </summary>
public interface IKeyValueTransport
{
    /// <summary>Sends a request to a server.</summary>
    /// <param name="server">The server that receives the request.</param>
    /// <param name="request">The request.</param>
    /// <returns>
    /// The response; null when none will come, in which case the server may still have carried out the request. The
    /// task may never complete.
    /// </returns>
    Task<KeyValueResponse?> SendAsync(ServerId server, KeyValueRequest request);
}

/// <summary>
/// The failure of an operation whose session has expired and been forgotten before the operation was answered. A copy
/// of the operation may have taken effect.
/// </summary>
/// <param name="operation">The operation, as text for the message.</param>
public sealed class KeyValueOutcomeUnknownException(string operation)
    : Exception($"the session of this client has expired; whether '{operation}' has taken effect is not known");
