using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The replay of the committed log on one copy of the state machine. It gives the answer at each index, the state after
/// each prefix, and the entries that belong to the same operation. The replay advances on demand, and the properties of
/// one run share it.
/// </summary>
internal sealed class CommittedReplay(Func<IStateMachineModel> create)
{
    private readonly Dictionary<long, ReadOnlyMemory<byte>> _snapshots = [];
    private readonly Dictionary<(int Client, long Sequence), long> _firstOf = [];
    private readonly List<Step> _steps = [];
    private IStateMachineModel? _model;
    private IStateMachineModel? _snapshotModel;
    private LogIndex _snapshotModelAt;

    /// <summary>Returns the answer to the command at a committed index; empty when the entry is no command.</summary>
    /// <param name="index">The committed index.</param>
    /// <param name="view">The cluster, with the committed entries.</param>
    public ReadOnlyMemory<byte> AnswerAt(LogIndex index, ClusterView view) => StepAt(index, view).Answer;

    /// <summary>
    /// Returns the index of the first committed entry for the operation of a committed entry. It is the entry's own
    /// index unless the entry is a retry; 0 when the model does not identify operations.
    /// </summary>
    /// <param name="index">The committed index.</param>
    /// <param name="view">The cluster, with the committed entries.</param>
    public LogIndex FirstOccurrence(LogIndex index, ClusterView view) => new(StepAt(index, view).First);

    /// <summary>Returns the state after the committed prefix up to an index.</summary>
    /// <param name="index">The last committed index of the prefix.</param>
    /// <param name="view">The cluster, with the committed entries.</param>
    public ReadOnlyMemory<byte> SnapshotAt(LogIndex index, ClusterView view)
    {
        if (_snapshots.TryGetValue(index.Value, out ReadOnlyMemory<byte> known))
        {
            return known;
        }

        // Servers compact independently, so a caller may ask for an earlier index than before. That takes a replay from
        // the beginning.
        if (_snapshotModel is null || _snapshotModelAt > index)
        {
            _snapshotModel = create();
            _snapshotModelAt = LogIndex.Zero;
        }

        while (_snapshotModelAt < index)
        {
            _snapshotModelAt = _snapshotModelAt.Next();
            if (view.Committed(_snapshotModelAt) is { Kind: EntryKind.Command } entry)
            {
                _snapshotModel.Apply(entry);
            }
        }

        ReadOnlyMemory<byte> snapshot = _snapshotModel.TakeSnapshot();
        _snapshots.Add(index.Value, snapshot);
        return snapshot;
    }

    /// <summary>Returns the state in a snapshot, in the form of <see cref="SnapshotAt"/>.</summary>
    /// <param name="snapshot">The bytes of a snapshot of a server.</param>
    public ReadOnlyMemory<byte> StateIn(ReadOnlyMemory<byte> snapshot) => (_snapshotModel ??= create()).StateIn(snapshot);

    private Step StepAt(LogIndex index, ClusterView view)
    {
        _model ??= create();
        while (_steps.Count < index.Value)
        {
            LogIndex next = new(_steps.Count + 1);
            _steps.Add(view.Committed(next) is { Kind: EntryKind.Command } entry ? Take(_model, entry) : default);
        }

        return _steps[(int)index.Value - 1];
    }

    private Step Take(IStateMachineModel model, LogEntry entry)
    {
        long first = 0;
        if (model.Identify(entry) is { } operation && !_firstOf.TryGetValue(operation, out first))
        {
            first = entry.Index.Value;
            _firstOf.Add(operation, first);
        }

        return new Step(model.Apply(entry), first);
    }

    private readonly record struct Step(ReadOnlyMemory<byte> Answer, long First);
}
