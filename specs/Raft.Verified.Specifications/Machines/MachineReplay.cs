using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications.Machines;

/// <summary>
/// The replay of the committed log on copies of the state machine itself. One copy applies every command. Others are
/// restored from its snapshots after 1, 2, 4, 8, ... commands, so that a wrong snapshot is found without a restart. Each
/// of these snapshots is restored twice: into a fresh copy, and into one that still has the state of the snapshot before.
/// </summary>
/// <param name="machine">The factory of the state machine.</param>
/// <param name="options">The settings of the property.</param>
internal sealed class MachineReplay(Func<IRaftStateMachine> machine, DeterminismOptions options)
{
    /// <summary>The usual causes of answers that differ.</summary>
    public const string Causes =
        "; usual causes: a clock, a random value or Guid.NewGuid in the state machine, a static field, the order of a Dictionary or HashSet, or state that snapshots lose";

    /// <summary>The usual causes of a snapshot that does not restore the state.</summary>
    public const string LossCauses =
        "; usual causes: a field that the snapshot leaves out, a private or get-only property that the serializer skips, or a restore that does not clear the state before";

    /// <summary>The way out when snapshots of equal states rightly differ.</summary>
    public const string NotCanonical = "; if equal states may have different snapshots, set HasCanonicalSnapshots to false";

    private readonly Dictionary<long, ReadOnlyMemory<byte>> _snapshots = [];
    private MachineCopy? _straight;
    private MachineCopy? _restored;
    private MachineCopy? _waiting;
    private MachineCopy? _forSnapshots;
    private LogIndex _at;
    private LogIndex _snapshotsAt;
    private LogIndex _restoredFrom;
    private long _commands;
    private long _next = 1;
    private bool _freshGoesOn = true;
    private bool _hasEnded;
    private bool _takesSnapshots = true;

    // The call to a copy that is going on, for the message when it fails.
    private string _call = "";

    /// <summary>Replays the log up to a command and judges the answer of a server.</summary>
    /// <param name="index">The index of the command.</param>
    /// <param name="server">The server that has answered.</param>
    /// <param name="answer">The answer of the server.</param>
    /// <param name="view">The cluster, with the committed entries.</param>
    /// <returns>The contradiction; null when there is none, or the index was judged before.</returns>
    public string? JudgeAnswer(LogIndex index, ServerId server, ReadOnlyMemory<byte> answer, ClusterView view)
    {
        while (!_hasEnded && _at < index)
        {
            _at = _at.Next();
            if (view.Committed(_at) is not { Kind: EntryKind.Command } entry)
            {
                continue;
            }

            try
            {
                if ((JudgeCommand(entry, server, _at == index ? answer : default(ReadOnlyMemory<byte>?)) ?? JudgeSnapshots(_at)) is { } problem)
                {
                    return problem;
                }
            }
            catch (Exception exception)
            {
                if (Describe(exception, _at) is { } failure)
                {
                    return failure;
                }
            }
        }

        return null;
    }

    /// <summary>Judges the snapshot of a server.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="server">The server that has the snapshot.</param>
    /// <param name="view">The cluster, with the committed entries.</param>
    /// <returns>The contradiction; null when there is none.</returns>
    public string? JudgeSnapshot(Snapshot snapshot, ServerId server, ClusterView view)
    {
        if (_hasEnded || !_takesSnapshots || !options.HasCanonicalSnapshots)
        {
            return null;
        }

        LogIndex index = snapshot.LastIncludedIndex;
        try
        {
            ReadOnlyMemory<byte> expected = SnapshotAt(index, view);
            return snapshot.Data.Span.SequenceEqual(expected.Span)
                ? null
                : $"{server} has a snapshot through {index} with {Bytes.Describe(snapshot.Data, expected)}, but a copy of the state machine that replays entries 1 to {index} "
                    + $"takes {Bytes.Describe(expected, snapshot.Data)}{Causes}{NotCanonical}";
        }
        catch (Exception exception)
        {
            return Describe(exception, index);
        }
    }

    private MachineCopy Create() => new(machine(), options.ContinuesInPlace);

    private string? JudgeCommand(LogEntry entry, ServerId server, ReadOnlyMemory<byte>? answer)
    {
        _call = nameof(IRaftStateMachine.ApplyAsync);
        _straight ??= Create();
        ReadOnlyMemory<byte> replayed = _straight.Apply(entry);
        _commands++;
        if (answer is { } given && !given.Span.SequenceEqual(replayed.Span))
        {
            return $"{server} answers {Bytes.Describe(given, replayed)} to the command {Bytes.Describe(entry.Command)} at {entry.Index}, but a copy of the state machine that "
                + $"replays entries 1 to {entry.Index} answers {Bytes.Describe(replayed, given)}{Causes}";
        }

        if (_restored?.Apply(entry) is { } restored && !restored.Span.SequenceEqual(replayed.Span))
        {
            return $"a copy of the state machine that was restored from its snapshot through {_restoredFrom} answers {Bytes.Describe(restored, replayed)} to the command "
                + $"{Bytes.Describe(entry.Command)} at {entry.Index}, but one that replays entries 1 to {entry.Index} answers {Bytes.Describe(replayed, restored)}{LossCauses}";
        }

        return null;
    }

    // The fresh copy and the one that waits with an older state take turns in going on from here.
    private string? JudgeSnapshots(LogIndex index)
    {
        if (_commands != _next || !_takesSnapshots)
        {
            return null;
        }

        _next *= 2;
        _call = nameof(IRaftStateMachine.TakeSnapshotAsync);
        ReadOnlyMemory<byte> snapshot = _straight!.TakeSnapshot();
        if (Differs(_straight, snapshot, index, "then takes another one of the same state") is { } repeated)
        {
            return repeated;
        }

        if (_restored is not null && Differs(_restored, snapshot, index, $"takes another one after a restore from its snapshot through {_restoredFrom}") is { } restored)
        {
            return restored;
        }

        MachineCopy fresh = Create();
        MachineCopy waiting = _waiting ?? Create();
        _call = nameof(IRaftStateMachine.RestoreAsync);
        fresh.Restore(index, snapshot);
        waiting.Restore(index, snapshot);
        _call = nameof(IRaftStateMachine.TakeSnapshotAsync);
        if ((Differs(fresh, snapshot, index, "takes another one after a restore from it")
            ?? Differs(waiting, snapshot, index, $"takes another one after a restore from it in place of the state after {_restoredFrom}")) is { } problem)
        {
            return problem;
        }

        (_restored, _waiting) = _freshGoesOn ? (fresh, waiting) : (waiting, fresh);
        _freshGoesOn = !_freshGoesOn;
        _restoredFrom = index;
        return null;
    }

    private string? Differs(MachineCopy copy, ReadOnlyMemory<byte> snapshot, LogIndex index, string how)
    {
        if (!options.HasCanonicalSnapshots)
        {
            return null;
        }

        ReadOnlyMemory<byte> other = copy.TakeSnapshot();
        return other.Span.SequenceEqual(snapshot.Span)
            ? null
            : $"a copy of the state machine has the snapshot {Bytes.Describe(snapshot, other)} after entry {index}, and {how}: {Bytes.Describe(other, snapshot)}"
                + (ReferenceEquals(copy, _straight) ? Causes : LossCauses) + NotCanonical;
    }

    private ReadOnlyMemory<byte> SnapshotAt(LogIndex index, ClusterView view)
    {
        if (_snapshots.TryGetValue(index.Value, out ReadOnlyMemory<byte> known))
        {
            return known;
        }

        // Servers compact independently, so the index may be earlier than before. That takes a replay from the beginning.
        if (_forSnapshots is null || _snapshotsAt > index)
        {
            _forSnapshots = Create();
            _snapshotsAt = LogIndex.Zero;
        }

        _call = nameof(IRaftStateMachine.ApplyAsync);
        while (_snapshotsAt < index)
        {
            _snapshotsAt = _snapshotsAt.Next();
            if (view.Committed(_snapshotsAt) is { Kind: EntryKind.Command } entry)
            {
                _forSnapshots.Apply(entry);
            }
        }

        _call = nameof(IRaftStateMachine.TakeSnapshotAsync);
        ReadOnlyMemory<byte> snapshot = _forSnapshots.TakeSnapshot();
        _snapshots.Add(index.Value, snapshot);
        return snapshot;
    }

    // A copy that needs its server, or a state machine without snapshots, is no contradiction. Any other exception is:
    // the server had none.
    private string? Describe(Exception exception, LogIndex index)
    {
        bool isAboutSnapshots = _call != nameof(IRaftStateMachine.ApplyAsync);
        switch (exception)
        {
            case MachineWaitsException:
                _hasEnded = true;
                return null;
            case NotSupportedException or NotImplementedException when isAboutSnapshots:
                _takesSnapshots = false;
                return null;
            default:
                return $"{_call} of a copy of the state machine that replays entries 1 to {index} fails with {exception.GetType().Name}: {exception.Message}"
                    + (isAboutSnapshots ? LossCauses : "") + "; if the state machine needs its server, set ReplaysMachine to false";
        }
    }
}
