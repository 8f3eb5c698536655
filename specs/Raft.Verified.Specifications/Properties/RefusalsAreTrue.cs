using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that the reason of a refusal is true. A client uses the reason to decide whether and where to retry.
/// </summary>
public sealed class RefusalsAreTrue : SafetyProperty
{
    private LogIndex[] _restored = [];

    /// <inheritdoc />
    public override string Name => nameof(RefusalsAreTrue);

    /// <inheritdoc />
    public override string Source => "paper, section 8; thesis, sections 6.2 to 6.4";

    /// <inheritdoc />
    public override string Statement =>
        "A refusal names its true reason. \"Not the leader\": the server does not lead and has appended "
            + "nothing. \"Superseded\": another entry is committed at that index, or one of a newer term before "
            + "it. \"Outcome unknown\": the index was reused, or a snapshot covers it. \"Leadership lost\": the "
            + "server no longer leads.";

    /// <inheritdoc />
    public override string TlaName => "";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
        [RaftEventKind.ProposalRefused, RaftEventKind.ReadRefused, RaftEventKind.ReadTaken, RaftEventKind.Restored, RaftEventKind.Started];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (_restored.Length == 0)
        {
            _restored = new LogIndex[view.Servers.Count];
        }

        ServerView server = view[e.Server];
        switch (e.Kind)
        {
            case RaftEventKind.Restored:
                _restored[e.Server.Value - 1] = e.Index;
                return null;
            case RaftEventKind.Started:
                _restored[e.Server.Value - 1] = LogIndex.Zero;
                return null;
            case RaftEventKind.ReadTaken:
                return server.Role == Role.Leader ? null : $"{e.Server} takes a read in term {server.Term}, but does not lead that term";
            case RaftEventKind.ReadRefused:
                return e.Subject is ReadRefusedException read ? CheckRead(read, server) : null;
            default:
                return e.Subject is ProposalRefusedException proposal ? CheckProposal(proposal, in e, server, view) : null;
        }
    }

    private static string? CheckRead(ReadRefusedException refusal, ServerView server) => refusal.Reason switch
    {
        ReadRefusalReason.NotLeader when server.Role == Role.Leader => $"{server.Id} refuses a read as \"not the leader\", but leads term {server.Term}",
        ReadRefusalReason.LeadershipLost when server.Role == Role.Leader => $"{server.Id} refuses a read because it was deposed, but leads term {server.Term}",
        ReadRefusalReason.NothingProposedInTerm when server.Role != Role.Leader =>
            $"{server.Id} refuses a read because its term has no entry yet, but does not lead term {server.Term}",
        ReadRefusalReason.NothingProposedInTerm when server.Log.TryTermAt(server.Log.LastIndex, out Term last) && last == server.Term =>
            $"{server.Id} refuses a read because term {server.Term} has no entry yet, but its log ends with one",
        _ => null,
    };

    private string? CheckProposal(ProposalRefusedException refusal, in RaftEvent e, ServerView server, ClusterView view)
    {
        switch (refusal.Reason)
        {
            case ProposalRefusalReason.NotLeader when server.Role == Role.Leader:
                return $"{e.Server} refuses a proposal as \"not the leader\", but leads term {server.Term}";
            case ProposalRefusalReason.NotLeader when e.Index != LogIndex.Zero:
                return $"{e.Server} refuses the proposal at {e.Index}/{e.OtherTerm} as \"not the leader\", but has appended it";
            case ProposalRefusalReason.Superseded when !IsSuperseded(in e, view):
                return $"{e.Server} refuses the proposal at {e.Index}/{e.OtherTerm} as superseded, but no other entry is committed there, and no entry of a newer term before it";
            case ProposalRefusalReason.OutcomeUnknown when e.Index == LogIndex.Zero:
                return $"{e.Server} refuses a proposal as \"outcome unknown\", but has not appended it";
            case ProposalRefusalReason.OutcomeUnknown when !(server.Role == Role.Leader && server.Term > e.OtherTerm) && _restored[e.Server.Value - 1] < e.Index:
                return $"{e.Server} refuses the proposal at {e.Index}/{e.OtherTerm} as \"outcome unknown\", but it neither leads a newer term nor has restored a snapshot through {e.Index}";
            default:
                return null;
        }
    }

    // Terms never decrease along the committed log. An entry is unknown here when a snapshot covered it at the time of
    // its commit.
    private static bool IsSuperseded(in RaftEvent e, ClusterView view)
    {
        LogIndex last = LogIndex.Min(e.Index, view.MaxCommitted);
        return e.Index > LogIndex.Zero && last > LogIndex.Zero && (view.Committed(last) is not { } entry || entry.Term > e.OtherTerm || (last == e.Index && entry.Term != e.OtherTerm));
    }
}
