using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>One step of a way to a violation.</summary>
/// <param name="Server">The server that takes it.</param>
/// <param name="Action">The kind of step.</param>
/// <param name="Argument">See <see cref="ModelAction"/>.</param>
/// <param name="Message">The message that is received; null for any other step.</param>
/// <param name="Text">The step in words.</param>
public sealed record ModelStep(ServerId Server, ModelAction Action, int Argument, Message? Message, string Text);
