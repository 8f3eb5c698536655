using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that the election timer restarts exactly when the protocol says so. With too many restarts, unelectable
/// candidates keep the only electable server waiting. With too few, followers depose a healthy leader. A due restart
/// counts as missed when the server takes its next message or begins an election.
/// </summary>
public sealed class ElectionTimerDiscipline : SafetyProperty
{
    private Due[] _due = [];

    private enum Due : byte
    {
        Nothing,
        Start,
        Election,
        Vote,
        Leader,
        Deposed,
    }

    /// <inheritdoc />
    public override string Name => nameof(ElectionTimerDiscipline);

    /// <inheritdoc />
    public override string Source => "paper, section 5.2 and Figure 2 (rules for followers, rules for candidates); thesis, section 3.4";

    /// <inheritdoc />
    public override string Statement =>
        "A server restarts its election timer when it starts, is deposed, grants a vote or begins an "
            + "election. It also restarts the timer when it takes an append or a snapshot from the current "
            + "leader. It restarts the timer at no other time.";

    /// <inheritdoc />
    public override string TlaName => "";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
    [
        RaftEventKind.Started, RaftEventKind.MessageReceived, RaftEventKind.TermAdvanced, RaftEventKind.Voted, RaftEventKind.ElectionTimerReset,
        RaftEventKind.Crashed, RaftEventKind.Stopped, RaftEventKind.Faulted,
    ];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (_due.Length == 0)
        {
            _due = new Due[view.Servers.Count];
        }

        ServerView server = view[e.Server];
        ref Due due = ref _due[e.Server.Value - 1];
        Due missed = due;
        switch (e.Kind)
        {
            case RaftEventKind.ElectionTimerReset:
                due = Due.Nothing;
                return missed != Due.Nothing || IsJustified(server) ? null : DescribeReset(server);
            case RaftEventKind.MessageReceived:
                due = DueFor(e.Message, server);
                return missed == Due.Nothing ? null : DescribeMissed(server, missed);
            case RaftEventKind.TermAdvanced:
                // The server adopts the newer term of its last message, and continues to handle that message.
                if (server.HasNewerTermInHand)
                {
                    return null;
                }

                due = Due.Election;
                return missed == Due.Nothing ? null : DescribeMissed(server, missed);
            case RaftEventKind.Voted:
                due = e.Peer == e.Server ? due : Due.Vote;
                return null;
            default:
                due = e.Kind == RaftEventKind.Started ? Due.Start : Due.Nothing;
                return null;
        }
    }

    private static Due DueFor(Message message, ServerView server)
    {
        if (message.Term < server.Term)
        {
            return Due.Nothing;
        }

        bool leads = server.Role == Role.Leader;
        bool isNewer = message.Term > server.Term;
        if (message is AppendEntries or InstallSnapshot)
        {
            return leads && !isNewer ? Due.Nothing : Due.Leader;
        }

        return leads && isNewer ? Due.Deposed : Due.Nothing;
    }

    // Returns true when the last message justifies a further restart after the due one. A second restart for the same
    // reason does no harm.
    private static bool IsJustified(ServerView server) => server.InHand switch
    {
        null => false,
        RequestVote request when request.Term == server.Term && server.VotedFor == request.From => server.IsUpToDate(request),
        AppendEntries or InstallSnapshot when server.InHand.Term == server.Term => server.Role != Role.Leader,
        _ => false,
    };

    private static string DescribeReset(ServerView server)
    {
        string reason = server.InHand is { } message
            ? $"its last message, \"{message}\" of term {message.Term} from {message.From}, gives no reason for it"
            : "it has neither granted a vote nor heard from a leader, and has already started the timer for its current election";
        return $"{server.Id}, {server.Role} of term {server.Term} with its vote for {(server.VotedFor.IsNone ? "nobody" : server.VotedFor)}, "
            + $"restarts its election timer, but {reason}";
    }

    private static string DescribeMissed(ServerView server, Due due)
    {
        string reason = due switch
        {
            Due.Start => "started",
            Due.Election => $"began an election in term {server.Term}",
            Due.Vote => $"voted for {server.VotedFor} in term {server.Term}",
            Due.Leader => $"took \"{server.InHand}\" of term {server.InHand?.Term} from the leader {server.InHand?.From}",
            _ => $"was deposed by \"{server.InHand}\" of term {server.InHand?.Term} from {server.InHand?.From}",
        };
        return $"{server.Id} {reason}, but did not restart its election timer";
    }
}
