using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a server refuses as malformed only messages that no server has sent. A validation that is too
/// strict loses a message for good, because each copy is refused like the first.
/// </summary>
public sealed class NothingSentIsRefused : SafetyProperty
{
    private readonly List<Message> _forged = [];

    /// <inheritdoc />
    public override string Name => nameof(NothingSentIsRefused);

    /// <inheritdoc />
    public override string Source => "none: the paper's messages arrive as they were sent, or not at all";

    /// <inheritdoc />
    public override string Statement => "No server sends a message that a server refuses as malformed.";

    /// <inheritdoc />
    public override string TlaName => "";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.Environment, RaftEventKind.MessageRefused];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (e.Subject is ForgedMessage forged)
        {
            _forged.Add(forged.Message);
        }

        return e.Subject is MessageRefusal refusal && !_forged.Exists(message => ReferenceEquals(message, refusal.Message))
            ? $"{e.Server} refuses {refusal.Message} from {refusal.Message.From}, which was sent: {refusal.Reason}"
            : null;
    }
}
