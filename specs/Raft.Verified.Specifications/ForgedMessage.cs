using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The environment sends a message that no server has sent: the subject of an <see cref="RaftEventKind.Environment"/> event.</summary>
/// <param name="Message">The message.</param>
public sealed record ForgedMessage(Message Message)
{
    /// <inheritdoc />
    public override string ToString() => $"forged: {Message}";
}
