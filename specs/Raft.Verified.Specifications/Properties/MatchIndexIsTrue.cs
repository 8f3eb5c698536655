using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a follower acknowledges and commits only entries that a request has shown to match its leader's
/// log. A request shows its entries when the follower's log, or its snapshot, contains the entry before them.
/// </summary>
public sealed class MatchIndexIsTrue : SafetyProperty
{
    private Shown[] _shown = [];

    /// <inheritdoc />
    public override string Name => nameof(MatchIndexIsTrue);

    /// <inheritdoc />
    public override string Source => "paper, section 5.3 and Figure 2 (AppendEntries RPC, receiver implementation); thesis, section 3.5";

    /// <inheritdoc />
    public override string Statement =>
        "A follower acknowledges no entry beyond those that its leader's requests have shown to be in "
            + "both logs. It commits no entry beyond those that the current request has shown, nor beyond that "
            + "request's commit index.";

    /// <inheritdoc />
    public override string TlaName => "MatchIndexIsTrue";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
        [RaftEventKind.Started, RaftEventKind.MessageReceived, RaftEventKind.CommitAdvanced, RaftEventKind.MessageSent];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (_shown.Length == 0)
        {
            _shown = new Shown[view.Servers.Count];
        }

        ref Shown shown = ref _shown[e.Server.Value - 1];
        switch (e.Kind)
        {
            case RaftEventKind.MessageReceived:
                Take(e.Message, view[e.Server], ref shown);
                return null;
            case RaftEventKind.CommitAdvanced:
                ServerView server = view[e.Server];
                return server.Role == Role.Leader ? null : CheckCommit(server, e.Index, shown.ByMessageInHand);
            case RaftEventKind.MessageSent:
                return e.Subject is AppendEntriesReply { Success: true } reply ? CheckReply(reply, view[reply.From].Term, in shown) : null;
            default:
                shown = default;
                return null;
        }
    }

    private static void Take(Message message, ServerView server, ref Shown shown)
    {
        shown.ByMessageInHand = false;
        if (message is not AppendEntries request || request.Term < server.Term || !Contains(server.Log, request.PrevLogIndex, request.PrevLogTerm))
        {
            return;
        }

        shown.ByMessageInHand = true;
        if (shown.Term != request.Term)
        {
            shown.Term = request.Term;
            shown.Through = request.End();
        }
        else if (request.End() > shown.Through)
        {
            shown.Through = request.End();
        }
    }

    private static bool Contains(LogView log, LogIndex index, Term term) =>
        index < log.SnapshotIndex || (log.TryTermAt(index, out Term own) && own == term);

    // A reply of an older term than the follower's current one is not judged: its evidence has been discarded.
    private static string? CheckReply(AppendEntriesReply reply, Term term, in Shown shown)
    {
        if (term != reply.RequestTerm || (shown.Term == term && reply.MatchIndex <= shown.Through))
        {
            return null;
        }

        return $"{reply.From} acknowledges entries through {reply.MatchIndex} to {reply.To}, leader of term {reply.RequestTerm}, whose requests "
            + (shown.Term == term ? $"have shown it no more than {shown.Through} in common" : "have shown it nothing in common");
    }

    private static string? CheckCommit(ServerView server, LogIndex index, bool isShown)
    {
        switch (server.InHand)
        {
            case InstallSnapshot chunk when chunk.Term == server.Term:
                return index <= chunk.LastIncludedIndex
                    ? null
                    : $"{server.Id} commits through {index} because of a snapshot through {chunk.LastIncludedIndex} from {chunk.From}";
            case AppendEntries request when request.Term == server.Term:
                return isShown && index <= request.End() && index <= request.LeaderCommit
                    ? null
                    : $"{server.Id} commits through {index} because of \"{request}\" from {request.From}, which shows "
                        + (isShown
                            ? $"entries through {request.End()} in common and {request.LeaderCommit} committed"
                            : $"nothing in common: its log, through {server.Log.LastIndex}, does not contain {request.PrevLogIndex}/{request.PrevLogTerm}");
            default:
                return $"{server.Id}, {server.Role} of term {server.Term}, commits through {index} without a request of that term in hand"
                    + (server.InHand is { } message ? $"; its last message was \"{message}\" of term {message.Term} from {message.From}" : "");
        }
    }

    private struct Shown
    {
        public Term Term;
        public LogIndex Through;
        public bool ByMessageInHand;
    }
}
