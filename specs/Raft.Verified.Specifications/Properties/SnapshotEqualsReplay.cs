using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The property that a snapshot is the state after a committed prefix of the log.</summary>
public sealed class SnapshotEqualsReplay : SafetyProperty
{
    private readonly CommittedReplay? _replay;

    internal SnapshotEqualsReplay(CommittedReplay? replay) => _replay = replay;

    /// <inheritdoc />
    public override string Name => nameof(SnapshotEqualsReplay);

    /// <inheritdoc />
    public override string Source => "paper, section 7; thesis, section 5.1";

    /// <inheritdoc />
    public override string Statement =>
        "A snapshot that is taken, installed or restored covers only committed entries. It names the term "
            + "of the last one, and equals the replay of that prefix.";

    /// <inheritdoc />
    public override string TlaName => "SnapshotIsCommittedPrefix";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.LogCompacted, RaftEventKind.SnapshotInstalled, RaftEventKind.Restored];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        Snapshot snapshot = e.Snapshot;
        LogIndex index = snapshot.LastIncludedIndex;
        LogIndex committed = e.Kind == RaftEventKind.LogCompacted ? view[e.Server].CommitIndex : view.MaxCommitted;
        if (index > committed)
        {
            return $"{e.Server} {Describe(e.Kind)} a snapshot through {index}, but only entries up to {committed} are committed";
        }

        if (view.Committed(index) is { } entry && entry.Term != snapshot.LastIncludedTerm)
        {
            return $"{e.Server} {Describe(e.Kind)} a snapshot through {index}/{snapshot.LastIncludedTerm}, but the committed entry there is {entry}";
        }

        if (_replay is null)
        {
            return null;
        }

        ReadOnlyMemory<byte> expected = _replay.SnapshotAt(index, view);
        ReadOnlyMemory<byte> state = _replay.StateIn(snapshot.Data);
        return state.Span.SequenceEqual(expected.Span)
            ? null
            : $"{e.Server} {Describe(e.Kind)} a snapshot through {index}/{snapshot.LastIncludedTerm} with {Bytes.Describe(state)}, "
                + $"but the replay of entries 1 to {index} gives {Bytes.Describe(expected)}";
    }

    private static string Describe(RaftEventKind kind) => kind switch
    {
        RaftEventKind.LogCompacted => "takes",
        RaftEventKind.SnapshotInstalled => "installs",
        _ => "restores",
    };
}
