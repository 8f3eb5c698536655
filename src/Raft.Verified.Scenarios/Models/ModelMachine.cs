using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Scenarios.Models;

/// <summary>
/// The state machine of a <see cref="ModelScenario"/>, whose state is the number of commands and a hash of them in
/// order. It remembers the state after each entry, because a model may compact up to an earlier one. Each chunk of a
/// snapshot holds the whole state, so that a mixture of two snapshots is noticed.
/// </summary>
/// <param name="chunks">The number of chunks of a snapshot.</param>
internal sealed class ModelMachine(int chunks) : IRaftStateMachine
{
    private readonly List<(LogIndex Index, ModelState State)> _history = [(LogIndex.Zero, default)];

    /// <summary>Returns the bytes of a command.</summary>
    public static ReadOnlyMemory<byte> Command(byte number) => new[] { number };

    public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        ModelState state = _history[^1].State.After(command.Span);
        _history.Add((index, state));
        return ValueTask.FromResult(state.Write(1));
    }

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_history[^1].State.Write(chunks));

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        _history.Clear();
        _history.Add((lastIncludedIndex, ModelState.Read(snapshot.Span)));
        return ValueTask.CompletedTask;
    }

    /// <summary>Returns the snapshot after an entry, or after the oldest known entry when the entry is older.</summary>
    public ReadOnlyMemory<byte> StateAt(LogIndex index) => _history.FindLast(entry => entry.Index <= index).State.Write(chunks);
}
