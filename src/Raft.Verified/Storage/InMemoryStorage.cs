using Raft.Verified.Protocol;

namespace Raft.Verified.Storage;

/// <summary>
/// Storage in memory, for tests and examples. A server that is restarted on the same object finds its state, which is
/// lost when the process ends. One object serves one server at a time.
/// </summary>
public sealed class InMemoryStorage : IRaftStorage
{
    private readonly List<LogEntry> _log = [];
    private Term _currentTerm;
    private ServerId _votedFor;
    private Snapshot? _snapshot;

    /// <inheritdoc />
    public ValueTask<DurableState> LoadAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(new DurableState(_currentTerm, _votedFor, _snapshot, [.. _log]));

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">A write would leave a gap in the log.</exception>
    public ValueTask WriteAsync(IReadOnlyList<DurableWrite> writes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writes);
        foreach (DurableWrite write in writes)
        {
            Write(write);
        }

        return ValueTask.CompletedTask;
    }

    private void Write(DurableWrite write)
    {
        if (write.TermAndVote is { } termAndVote)
        {
            (_currentTerm, _votedFor) = termAndVote;
        }

        if (write.Snapshot is { } snapshot)
        {
            _snapshot = snapshot;
            _log.RemoveAll(entry => !write.KeepSuffix || entry.Index <= snapshot.LastIncludedIndex);
        }

        if (write.LogFrom is { } from)
        {
            LogIndex next = _log.Count > 0 ? _log[^1].Index.Next() : from;
            if (from > next || (_log.Count > 0 && from < _log[0].Index))
            {
                throw new InvalidOperationException($"the log in memory ends at {next.Previous()}; a write from {from} would leave a gap");
            }

            _log.RemoveAll(entry => entry.Index >= from);
            _log.AddRange(write.Entries.Span);
        }
    }
}
