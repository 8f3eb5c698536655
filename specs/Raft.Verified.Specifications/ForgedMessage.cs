using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// A message that the environment sends and no server has sent. It is the subject of an
/// <see cref="RaftEventKind.Environment"/> event.
/// </summary>
/// <param name="Message">The forged message.</param>
public sealed record ForgedMessage(Message Message)
{
    /// <inheritdoc />
    public override string ToString() => $"forged: {Message}";
}
