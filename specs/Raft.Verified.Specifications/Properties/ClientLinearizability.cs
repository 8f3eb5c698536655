using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that clients see one copy of the state machine, which executes each operation at one moment between
/// call and answer. The order of the committed log is the witness, so no search is necessary. An operation takes effect
/// at its first entry in the log.
/// </summary>
public sealed class ClientLinearizability : SafetyProperty
{
    private readonly CommittedReplay? _replay;
    private List<Call>? _calls;
    private List<(LogIndex Index, Term Term)>? _refused;
    private LogIndex _latestEffect;
    private ClientOperation? _latest;

    internal ClientLinearizability(CommittedReplay? replay) => _replay = replay;

    /// <inheritdoc />
    public override string Name => nameof(ClientLinearizability);

    /// <inheritdoc />
    public override string Source => "paper, section 8; thesis, sections 6.3 and 6.4";

    /// <inheritdoc />
    public override string Statement =>
        "Every answer is the one that the committed log gives at the entry that the answer names. An "
            + "operation takes effect after every operation that was answered before it was called. A proposal "
            + "that was refused as having no effect never takes effect.";

    /// <inheritdoc />
    public override string TlaName => "";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
    [
        RaftEventKind.ProposalCompleted, RaftEventKind.ProposalRefused, RaftEventKind.CommitAdvanced, RaftEventKind.ClientCalled,
        RaftEventKind.ClientAnswered,
    ];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        switch (e.Kind)
        {
            case RaftEventKind.ProposalCompleted:
                return CheckAnswer((ProposalResult)e.Subject!, view) is { } problem ? $"{e.Server} completes a proposal with {problem}" : null;
            case RaftEventKind.ProposalRefused:
                return CheckRefusal(in e, view);
            case RaftEventKind.CommitAdvanced:
                return _refused is null || e.Index <= view.MaxCommitted ? null : CheckRefused(in e, view);
            case RaftEventKind.ClientCalled:
                (_calls ??= []).Add(new Call((ClientOperation)e.Subject!, _latestEffect, _latest));
                return null;
            default:
                return CheckClient((ClientOperation)e.Subject!, view);
        }
    }

    // Returns null when the answer is right; otherwise the answer and the fault in it.
    private string? CheckAnswer(ProposalResult answer, ClusterView view)
    {
        if (answer.Index > view.MaxCommitted || answer.Index < new LogIndex(1))
        {
            return $"entry {answer.Index}/{answer.Term}, but only entries up to {view.MaxCommitted} are committed";
        }

        if (view.Committed(answer.Index) is not { } entry)
        {
            return null;
        }

        if (entry.Term != answer.Term || entry.Kind != EntryKind.Command)
        {
            return $"entry {answer.Index}/{answer.Term}, but the committed entry there is {entry}";
        }

        if (_replay is null)
        {
            return null;
        }

        ReadOnlyMemory<byte> expected = _replay.AnswerAt(answer.Index, view);
        return answer.Result.Span.SequenceEqual(expected.Span)
            ? null
            : $"{Bytes.Describe(answer.Result)} from entry {entry}, but the state machine's specification answers {Bytes.Describe(expected)} there";
    }

    private string? CheckClient(ClientOperation operation, ClusterView view)
    {
        Call call = TakeCall(operation);
        if (operation.Answer is not { } answer)
        {
            return $"{NameOf(operation)} ends without an answer";
        }

        if (CheckAnswer(answer, view) is { } problem)
        {
            return $"{NameOf(operation)} is answered with {problem}";
        }

        if (view.Committed(answer.Index) is { } entry && !entry.Command.Span.SequenceEqual(operation.Command.Span))
        {
            return $"{NameOf(operation)}, which is {Bytes.Describe(operation.Command)}, is answered from entry {entry}, "
                + $"which is {Bytes.Describe(entry.Command)}";
        }

        LogIndex effect = _replay?.FirstOccurrence(answer.Index, view) ?? LogIndex.Zero;
        effect = effect == LogIndex.Zero ? answer.Index : effect;
        if (effect <= call.Floor)
        {
            return $"{NameOf(operation)} takes effect at {effect}, but it was called after {NameOf(call.Before!)} had been answered, "
                + $"which took effect at {call.Floor}";
        }

        if (effect > _latestEffect)
        {
            _latestEffect = effect;
            _latest = operation;
        }

        return null;
    }

    private static string NameOf(ClientOperation operation) => $"c{operation.Client}#{operation.Sequence}";

    private Call TakeCall(ClientOperation operation)
    {
        for (int i = 0; _calls is not null && i < _calls.Count; i++)
        {
            if (ReferenceEquals(_calls[i].Operation, operation))
            {
                Call call = _calls[i];
                _calls.RemoveAt(i);
                return call;
            }
        }

        return default;
    }

    private string? CheckRefusal(in RaftEvent e, ClusterView view)
    {
        if (e.Index == LogIndex.Zero || e.Subject is not ProposalRefusedException { HasNoEffect: true })
        {
            return null;
        }

        if (view.Committed(e.Index) is { } entry)
        {
            return entry.Term == e.OtherTerm ? $"{e.Server} refuses entry {e.Index}/{e.OtherTerm} as having no effect, but it is committed" : null;
        }

        (_refused ??= []).Add((e.Index, e.OtherTerm));
        return null;
    }

    private string? CheckRefused(in RaftEvent e, ClusterView view)
    {
        LogView log = view[e.Server].Log;
        for (int i = 0; i < _refused!.Count; i++)
        {
            (LogIndex index, Term term) = _refused[i];
            if (index > view.MaxCommitted && index <= e.Index && log[index] is { } entry && entry.Term == term)
            {
                return $"{e.Server} commits entry {entry}, although its proposer was told that it has no effect";
            }
        }

        return null;
    }

    private readonly record struct Call(ClientOperation Operation, LogIndex Floor, ClientOperation? Before);
}
