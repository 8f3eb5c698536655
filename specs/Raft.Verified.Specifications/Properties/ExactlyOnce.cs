using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a retried operation takes effect once. Such an operation may be in the log several times, but each
/// of its answers equals the first one.
/// </summary>
public sealed class ExactlyOnce : SafetyProperty
{
    private readonly CommittedReplay _replay;

    internal ExactlyOnce(CommittedReplay replay) => _replay = replay;

    /// <inheritdoc />
    public override string Name => nameof(ExactlyOnce);

    /// <inheritdoc />
    public override string Source => "paper, section 8; thesis, section 6.3";

    /// <inheritdoc />
    public override string Statement =>
        "All answers to one client operation, however often it was retried, are those of its first entry "
            + "in the committed log.";

    /// <inheritdoc />
    public override string TlaName => "";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.ProposalCompleted, RaftEventKind.ClientAnswered];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        ProposalResult? answer = e.Subject as ProposalResult ?? (e.Subject as ClientOperation)?.Answer;
        if (answer is null || view.Committed(answer.Index) is null)
        {
            return null;
        }

        LogIndex first = _replay.FirstOccurrence(answer.Index, view);
        if (first == LogIndex.Zero)
        {
            return null;
        }

        ReadOnlyMemory<byte> expected = _replay.AnswerAt(first, view);
        return answer.Result.Span.SequenceEqual(expected.Span)
            ? null
            : $"entry {answer.Index}/{answer.Term} repeats the operation of entry {first}, but answers {Bytes.Describe(answer.Result)} "
                + $"where the first one answers {Bytes.Describe(expected)}";
    }
}
