using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>A server's response to a client.</summary>
/// <param name="Reply">The store's answer; null when there is a failure.</param>
/// <param name="Failure">The reason for which there is no reply.</param>
/// <param name="Leader">With a failure, the leader to try next; none when the server does not know it.</param>
public readonly record struct KeyValueResponse(KeyValueReply? Reply, KeyValueFailure Failure = KeyValueFailure.None, ServerId Leader = default);
