using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Scenarios;

/// <summary>The journal as the servers' state machine.</summary>
/// <param name="writer">The number of the server, which determines the encoding of snapshots.</param>
/// <param name="tail">The number of padding bytes after each snapshot.</param>
internal sealed class JournalMachine(int writer, int tail = 0) : IRaftStateMachine
{
    private readonly JournalState _state = new();

    /// <summary>The position of the last command that the state reflects.</summary>
    public LogIndex LastCommand { get; private set; }

    public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        LastCommand = index;
        return ValueTask.FromResult(_state.Apply(command.Span));
    }

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_state.Write(writer, tail));

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        LastCommand = lastIncludedIndex;
        _state.Read(snapshot);
        return ValueTask.CompletedTask;
    }
}
