namespace Raft.Verified.Protocol;

/// <summary>A message that was refused where it came in.</summary>
/// <param name="Message">The message.</param>
/// <param name="Reason">The reason: what was found, and what was expected.</param>
public sealed record MessageRefusal(Message Message, string Reason)
{
    /// <inheritdoc />
    public override string ToString() => $"{Message.GetType().Name} from {Message.From}: {Reason}";
}
