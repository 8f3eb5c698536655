namespace Raft.Verified.Protocol;

/// <summary>A message and the write that it must wait for.</summary>
/// <param name="Message">The message.</param>
/// <param name="After">The write that must be durable before the message may leave; <see cref="WriteId.None"/> when it may leave at once.</param>
public readonly record struct OutgoingMessage(Message Message, WriteId After);
