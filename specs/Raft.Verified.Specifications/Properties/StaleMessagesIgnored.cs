using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a message from an older term changes nothing. Only reactions that can have no other cause are
/// judged. <see cref="ElectionTimerDiscipline"/> judges whether the election timer restarts because of such a message.
/// </summary>
public sealed class StaleMessagesIgnored : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(StaleMessagesIgnored);

    /// <inheritdoc />
    public override string Source => "paper, section 5.1 and Figure 2 (receivers reply false if term < currentTerm); thesis, section 3.3";

    /// <inheritdoc />
    public override string Statement =>
        "A request of an older term, or a reply to such a request, changes neither vote, role, log nor "
            + "commit index. No such request is answered with success.";

    /// <inheritdoc />
    public override string TlaName => "StaleMessagesIgnored";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
    [
        RaftEventKind.Voted, RaftEventKind.RoleChanged, RaftEventKind.EntryAppended, RaftEventKind.LogTruncated, RaftEventKind.SnapshotInstalled,
        RaftEventKind.CommitAdvanced, RaftEventKind.MessageSent,
    ];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (e.Kind == RaftEventKind.MessageSent)
        {
            return CheckAnswer(e.Message);
        }

        ServerView server = view[e.Server];
        if (server.InHand is not { } message || !IsStale(message, server.Term))
        {
            return null;
        }

        // Some events can have another cause than the message. A leader appends a proposal, or commits when a write
        // ends. A candidate may win when the write of its own vote ends.
        bool isReaction = e.Kind switch
        {
            RaftEventKind.Voted => e.Peer != e.Server,
            RaftEventKind.RoleChanged => e.Role == Role.Follower && message.Term < server.Term,
            RaftEventKind.EntryAppended or RaftEventKind.CommitAdvanced => server.Role != Role.Leader,
            _ => true,
        };
        return isReaction
            ? $"{server.Id} is in term {server.Term} and took \"{message}\" of an older term from {message.From}; it reacts with {e.Kind}"
                + (e.Kind is RaftEventKind.Voted ? $" {e.Peer}" : e.Kind is RaftEventKind.RoleChanged ? $" {e.Role}" : $" {e.Index}")
            : null;
    }

    private static bool IsStale(Message message, Term term) => message.Term < term || message switch
    {
        AppendEntriesReply reply => reply.RequestTerm < term,
        RequestVoteReply reply => reply.RequestTerm < term,
        InstallSnapshotReply reply => reply.RequestTerm < term,
        _ => false,
    };

    private static string? CheckAnswer(Message message)
    {
        Term request = message switch
        {
            AppendEntriesReply { Success: true } reply => reply.RequestTerm,
            RequestVoteReply { VoteGranted: true } reply => reply.RequestTerm,
            InstallSnapshotReply { Installed: true } reply => reply.RequestTerm,
            _ => message.Term,
        };
        return message.Term <= request
            ? null
            : $"{message.From} answers a request of term {request} from {message.To} with \"{message}\", from its term {message.Term}";
    }
}
