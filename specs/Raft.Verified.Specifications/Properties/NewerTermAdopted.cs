using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a server adopts the newer term of a message before anything else. It is judged by the server's
/// next event, and by its answer, whose term is not older than the request's.
/// </summary>
public sealed class NewerTermAdopted : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(NewerTermAdopted);

    /// <inheritdoc />
    public override string Source => "paper, section 5.1 and Figure 2 (rules for all servers); thesis, section 3.3";

    /// <inheritdoc />
    public override string Statement =>
        "A server that takes a message of a newer term first adopts that term and becomes a follower. To "
            + "start an election it moves to the next term. It moves to no other term.";

    /// <inheritdoc />
    public override string TlaName => "NewerTermAdopted";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
    [
        RaftEventKind.TermAdvanced, RaftEventKind.RoleChanged, RaftEventKind.Voted, RaftEventKind.EntryAppended, RaftEventKind.LogTruncated,
        RaftEventKind.CommitAdvanced, RaftEventKind.LogCompacted, RaftEventKind.SnapshotInstalled, RaftEventKind.MessageReceived, RaftEventKind.MessageSent,
        RaftEventKind.ReadTaken, RaftEventKind.ElectionTimerReset,
    ];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (e.Kind == RaftEventKind.MessageSent)
        {
            return CheckAnswer(e.Message);
        }

        ServerView server = view[e.Server];
        if (e.Kind == RaftEventKind.TermAdvanced)
        {
            Term expected = server.HasNewerTermInHand ? server.InHand!.Term : server.Term.Next();
            return e.Term == expected ? null : DescribeTerm(server, e.Term);
        }

        if (server.InHand is not { } message || message.Term <= server.TermWhenTaken)
        {
            return null;
        }

        if (message.Term > server.Term)
        {
            return $"{server.Id} took \"{message}\" of term {message.Term} from {message.From} in term {server.Term}, but did not adopt that term before {e.Kind}";
        }

        return server.Role == Role.Follower || (e.Kind == RaftEventKind.RoleChanged && e.Role == Role.Follower)
            ? null
            : $"{server.Id} took \"{message}\" from {message.From} and adopted its term {message.Term}, but is still {server.Role} at {e.Kind}";
    }

    private static string DescribeTerm(ServerView server, Term term) => server.HasNewerTermInHand
        ? $"{server.Id} took \"{server.InHand}\" of term {server.InHand!.Term} from {server.InHand.From} in term {server.Term}, but goes to term {term}"
        : $"{server.Id} goes from term {server.Term} to term {term} without a message of that term; an election advances by one term";

    private static string? CheckAnswer(Message message)
    {
        Term request = message switch
        {
            AppendEntriesReply reply => reply.RequestTerm,
            RequestVoteReply reply => reply.RequestTerm,
            InstallSnapshotReply reply => reply.RequestTerm,
            _ => message.Term,
        };
        return message.Term >= request
            ? null
            : $"{message.From} answers a request of term {request} from {message.To} with \"{message}\", still in term {message.Term}";
    }
}
