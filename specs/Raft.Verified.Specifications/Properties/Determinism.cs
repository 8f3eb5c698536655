using Raft.Verified.Protocol;
using Raft.Verified.Specifications.Machines;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that the state machine is one: the same log gives the same answers and the same state on every server,
/// from whatever snapshot it was restored.
/// </summary>
public sealed class Determinism : SafetyProperty
{
    private readonly bool _comparesSnapshots;
    private readonly MachineReplay? _replay;
    private List<Given>? _answers;
    private Dictionary<long, Given>? _snapshots;
    private (LogIndex Index, ReadOnlyMemory<byte> Answer)[]? _last;

    internal Determinism(bool hasModel, DeterminismOptions options)
    {
        _comparesSnapshots = !hasModel && options.HasCanonicalSnapshots;
        _replay = hasModel || options.Machine is null ? null : new MachineReplay(options.Machine, options);
    }

    /// <inheritdoc />
    public override string Name => nameof(Determinism);

    /// <inheritdoc />
    public override string Source => "paper, section 2; thesis, section 2.1";

    /// <inheritdoc />
    public override string Statement =>
        "All servers give the same answer to the command at an index, and its bytes do not change afterwards. Where no "
            + "model judges them, the answers and snapshots are also those of copies of the state machine that replay the "
            + "log, from its beginning and from snapshots.";

    /// <inheritdoc />
    public override string TlaName => "";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
        [RaftEventKind.Applied, RaftEventKind.ClientAnswered, RaftEventKind.LogCompacted, RaftEventKind.SnapshotInstalled, RaftEventKind.Restored];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view) => e.Kind switch
    {
        RaftEventKind.Applied => e.Answer is { } answer ? CheckAnswer(e.Server, e.Index, answer, view) : null,
        RaftEventKind.ClientAnswered => CheckClient((ClientOperation)e.Subject!),
        _ => CheckSnapshot(e.Server, e.Snapshot, view),
    };

    private string? CheckAnswer(ServerId server, LogIndex index, ReadOnlyMemory<byte> answer, ClusterView view)
    {
        _last ??= new (LogIndex, ReadOnlyMemory<byte>)[view.Servers.Count];
        ref (LogIndex Index, ReadOnlyMemory<byte> Answer) last = ref _last[server.Value - 1];
        if (AnswerAt(last.Index) is { } given && !last.Answer.Span.SequenceEqual(given.Content))
        {
            return $"{server} answered {Bytes.Describe(given.Content, last.Answer)} to the command at {last.Index}, and has changed these bytes to "
                + $"{Bytes.Describe(last.Answer, given.Content)} by {index}"
                + "; usual cause: the state machine answers with a buffer that it uses again";
        }

        last = (index, answer);
        if (AnswerAt(index) is { } first)
        {
            return answer.Span.SequenceEqual(first.Content)
                ? null
                : $"{server} answers {Bytes.Describe(answer, first.Content)} to {CommandAt(index, view)}, but {(first.Server == server ? "before its restart it" : first.Server)} answered "
                    + $"{Bytes.Describe(first.Content, answer)} there{MachineReplay.Causes}";
        }

        Remember(index, new Given(server, answer.ToArray()));
        return _replay?.JudgeAnswer(index, server, answer, view);
    }

    private string? CheckClient(ClientOperation operation) =>
        operation.Answer is not { } answer || AnswerAt(answer.Index) is not { } given || answer.Result.Span.SequenceEqual(given.Content)
            ? null
            : $"c{operation.Client}#{operation.Sequence} receives {Bytes.Describe(answer.Result, given.Content)} from entry {answer.Index}, but the state machine of {given.Server} answered "
                + $"{Bytes.Describe(given.Content, answer.Result)} there; usual cause: the state machine answers with a buffer that it uses again";

    private string? CheckSnapshot(ServerId server, Snapshot snapshot, ClusterView view)
    {
        if (!_comparesSnapshots)
        {
            return null;
        }

        LogIndex index = snapshot.LastIncludedIndex;
        _snapshots ??= [];
        if (_snapshots.TryGetValue(index.Value, out Given first))
        {
            return snapshot.Data.Span.SequenceEqual(first.Content)
                ? null
                : $"{server} has a snapshot through {index} with {Bytes.Describe(snapshot.Data, first.Content)}, but {first.Server} had one with "
                    + $"{Bytes.Describe(first.Content, snapshot.Data)}"
                    + MachineReplay.Causes + MachineReplay.NotCanonical;
        }

        _snapshots.Add(index.Value, new Given(server, snapshot.Data.ToArray()));
        return index <= view.MaxCommitted ? _replay?.JudgeSnapshot(snapshot, server, view) : null;
    }

    private Given? AnswerAt(LogIndex index) =>
        _answers is not null && index.Value < _answers.Count && _answers[(int)index.Value] is { Server.IsNone: false } given ? given : null;

    // The list has a place for every index, from 0. Entries that are no commands have none in it.
    private void Remember(LogIndex index, Given given)
    {
        _answers ??= [];
        while (_answers.Count <= index.Value)
        {
            _answers.Add(default);
        }

        _answers[(int)index.Value] = given;
    }

    private static string CommandAt(LogIndex index, ClusterView view) =>
        view.Committed(index) is { } entry ? $"the command {Bytes.Describe(entry.Command)} at {index}" : $"the command at {index}";

    /// <summary>The bytes that a server was the first to give at an index.</summary>
    private readonly record struct Given(ServerId Server, byte[] Content);
}
