using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that each term has at most one leader: no other server becomes leader or sends messages as leader.
/// </summary>
public sealed class ElectionSafety : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(ElectionSafety);

    /// <inheritdoc />
    public override string Source => "paper, section 5.2 and Figure 3; thesis, section 3.4";

    /// <inheritdoc />
    public override string Statement =>
        "At most one leader is elected in a term, at most once, and only that leader sends append and "
            + "snapshot requests of the term.";

    /// <inheritdoc />
    public override string TlaName => "ElectionSafety";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.RoleChanged, RaftEventKind.MessageSent];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (e.Kind == RaftEventKind.RoleChanged)
        {
            ServerId leader = e.Role == Role.Leader ? view.LeaderOf(e.Term) : ServerId.None;
            return leader.IsNone ? null : $"{e.Server} becomes leader of term {e.Term}, but {leader} became leader of that term before";
        }

        if (e.Subject is not (AppendEntries or InstallSnapshot))
        {
            return null;
        }

        Message message = (Message)e.Subject;
        ServerId elected = view.LeaderOf(message.Term);
        return elected == message.From
            ? null
            : $"{message.From} sends \"{message}\" as leader of term {message.Term}, but {(elected.IsNone ? "no server was" : $"{elected} was")} elected in that term";
    }
}
