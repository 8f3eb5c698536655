namespace Raft.Verified.Protocol;

/// <summary>A message that was refused on receipt.</summary>
/// <param name="Message">The message.</param>
/// <param name="Reason">The reason, with the value found and the value expected.</param>
public sealed record MessageRefusal(Message Message, string Reason)
{
    /// <inheritdoc />
    public override string ToString() => $"{Message.GetType().Name} from {Message.From}: {Reason}";
}
