using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a leader commits only on the acknowledgements that it has received.
/// <see cref="CommittedOnQuorumOfDisks"/> checks that the entry is on the disks. This property checks that the leader
/// had enough evidence, so a miscounted entry is found even when it happens to be on the disks.
/// </summary>
public sealed class CommittedByMajority : SafetyProperty
{
    // The element at [leader * servers + follower] is the highest entry that the follower has acknowledged to the
    // leader, in the leader's current term.
    private LogIndex[] _acknowledged = [];

    /// <inheritdoc />
    public override string Name => nameof(CommittedByMajority);

    /// <inheritdoc />
    public override string Source => "paper, sections 5.3 and 5.4.2, Figure 2 (rules for leaders); thesis, sections 3.5, 3.6.2 and 10.2.1";

    /// <inheritdoc />
    public override string Statement =>
        "A leader advances its commit index only to an entry of its own term that a majority has "
            + "acknowledged in that term. The leader's own acknowledgement is the write to its disk.";

    /// <inheritdoc />
    public override string TlaName => "CommittedByMajority";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.RoleChanged, RaftEventKind.MessageReceived, RaftEventKind.CommitAdvanced];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        int servers = view.Servers.Count;
        if (_acknowledged.Length == 0)
        {
            _acknowledged = new LogIndex[servers * servers];
        }

        Span<LogIndex> row = _acknowledged.AsSpan((e.Server.Value - 1) * servers, servers);
        switch (e.Kind)
        {
            case RaftEventKind.RoleChanged:
                row.Clear();
                return null;
            case RaftEventKind.MessageReceived:
                Take(e.Message, view[e.Server], row);
                return null;
            default:
                return view[e.Server].Role == Role.Leader ? CheckCommit(view[e.Server], e.Index, row, view) : null;
        }
    }

    private static void Take(Message message, ServerView leader, Span<LogIndex> row)
    {
        if (leader.Role != Role.Leader || message.Term != leader.Term)
        {
            return;
        }

        LogIndex index = message switch
        {
            AppendEntriesReply { Success: true } reply when reply.RequestTerm == leader.Term => reply.MatchIndex,
            InstallSnapshotReply { Installed: true } reply when reply.RequestTerm == leader.Term => reply.LastIncludedIndex,
            _ => LogIndex.Zero,
        };
        ref LogIndex acknowledged = ref row[message.From.Value - 1];
        acknowledged = Facts.Higher(acknowledged, index);
    }

    private static string? CheckCommit(ServerView leader, LogIndex index, Span<LogIndex> row, ClusterView view)
    {
        row[leader.Id.Value - 1] = leader.Disk.Log.LastIndex;
        int count = 0;
        for (int i = 0; i < row.Length; i++)
        {
            count += row[i] >= index ? 1 : 0;
        }

        if (count < view.Majority)
        {
            return $"{leader.Id}, leader of term {leader.Term}, commits through {index}, which {count} of {row.Length} servers have acknowledged to it "
                + $"where {view.Majority} are needed; {Describe(row)}";
        }

        return leader.Log.TryTermAt(index, out Term term) && term == leader.Term
            ? null
            : $"{leader.Id}, leader of term {leader.Term}, commits through {index} by counting, but its log {leader.Log.Describe(index)}";
    }

    private static string Describe(Span<LogIndex> row)
    {
        string text = "";
        for (int i = 0; i < row.Length; i++)
        {
            text += $"{(i == 0 ? "" : ", ")}{new ServerId(i + 1)} through {row[i]}";
        }

        return text;
    }
}
