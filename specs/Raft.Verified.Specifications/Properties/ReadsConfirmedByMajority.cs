using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a leader serves a read only after a majority has confirmed its leadership.
/// <see cref="LinearizableReads"/> checks that the answer is not out of date. This property checks that the leader had
/// enough evidence, so a miscounted confirmation is found even when no other server has led.
/// </summary>
public sealed class ReadsConfirmedByMajority : SafetyProperty
{
    // The element at [leader * servers + follower] is the newest round that the follower has confirmed to the leader,
    // in the leader's current term.
    private ReadRound[] _confirmed = [];

    // The reads that have not been served, confirmed or not. No event tells when a leader releases a read. A leader
    // leads until it has all confirmations of a read.
    private List<(ReadRequest Read, ServerId Leader, Term Term, int Confirmed)>? _waiting;

    /// <inheritdoc />
    public override string Name => nameof(ReadsConfirmedByMajority);

    /// <inheritdoc />
    public override string Source => "paper, section 8; thesis, section 6.4";

    /// <inheritdoc />
    public override string Statement =>
        "A read is served only after a majority has answered requests of the leader's term that were sent "
            + "after the read was taken. The leader counts as one of the majority.";

    /// <inheritdoc />
    public override string TlaName => "ReadsConfirmedByMajority";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
        [RaftEventKind.RoleChanged, RaftEventKind.MessageReceived, RaftEventKind.ReadTaken, RaftEventKind.ReadServed];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        switch (e.Kind)
        {
            case RaftEventKind.RoleChanged:
                if (_confirmed.Length > 0)
                {
                    Row(e.Server, view).Clear();
                }

                return null;
            case RaftEventKind.MessageReceived:
                if (_waiting is { Count: > 0 })
                {
                    Take(e.Message, view);
                }

                return null;
            case RaftEventKind.ReadTaken:
                if (_confirmed.Length == 0)
                {
                    _confirmed = new ReadRound[view.Servers.Count * view.Servers.Count];
                }

                (_waiting ??= []).Add((e.Read, e.Server, view[e.Server].Term, 1));
                return null;
            default:
                return CheckServed(e.Read, e.Server, view);
        }
    }

    private Span<ReadRound> Row(ServerId leader, ClusterView view) =>
        _confirmed.AsSpan((leader.Value - 1) * view.Servers.Count, view.Servers.Count);

    // A refusal confirms like a success: in both cases the follower knew no newer term.
    private void Take(Message message, ClusterView view)
    {
        ServerView leader = view[message.To];
        (Term requestTerm, ReadRound round) = message switch
        {
            AppendEntriesReply reply => (reply.RequestTerm, reply.Round),
            InstallSnapshotReply reply => (reply.RequestTerm, reply.Round),
            _ => default,
        };
        if (round.Value == 0 || leader.Role != Role.Leader || requestTerm != leader.Term || message.Term != leader.Term)
        {
            return;
        }

        Span<ReadRound> row = Row(leader.Id, view);
        ref ReadRound confirmed = ref row[message.From.Value - 1];
        if (round.Value <= confirmed.Value)
        {
            return;
        }

        confirmed = round;
        for (int i = 0; i < _waiting!.Count; i++)
        {
            (ReadRequest read, ServerId taker, Term term, _) = _waiting[i];
            if (taker == leader.Id && term == leader.Term)
            {
                _waiting[i] = (read, taker, term, Count(read, row));
            }
        }
    }

    private static int Count(ReadRequest read, ReadOnlySpan<ReadRound> row)
    {
        int count = 1;
        foreach (ReadRound round in row)
        {
            count += round.Value >= read.Round.Value ? 1 : 0;
        }

        return count;
    }

    private string? CheckServed(ReadRequest read, ServerId server, ClusterView view)
    {
        int i = _waiting?.FindIndex(waiting => ReferenceEquals(waiting.Read, read)) ?? -1;
        if (i < 0)
        {
            // LinearizableReads reports a read that no leader has taken.
            return null;
        }

        (_, ServerId leader, Term term, int confirmed) = _waiting![i];
        _waiting.RemoveAt(i);
        return confirmed >= view.Majority
            ? null
            : $"{server} serves the {read}, taken by {leader} as leader of term {term}, after {confirmed} of {view.Servers.Count} servers have confirmed that round "
                + $"in that term where {view.Majority} are needed";
    }
}
