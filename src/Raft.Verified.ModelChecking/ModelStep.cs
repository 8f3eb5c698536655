using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>One step of the path to a violation.</summary>
/// <param name="Server">The server that takes the step.</param>
/// <param name="Action">The kind of step.</param>
/// <param name="Argument">
/// The argument of the action, see <see cref="ModelAction"/>; 0 for an action without one.
/// </param>
/// <param name="Message">The message that is received; null for any other step.</param>
/// <param name="Text">A description of the step, in one line.</param>
public sealed record ModelStep(ServerId Server, ModelAction Action, int Argument, Message? Message, string Text);
