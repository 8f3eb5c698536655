using System;
using System.Threading;
using System.Threading.Tasks;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Counters;

/// <summary>The counter as a state machine, with a bug behind a switch: a restored one forgets the number of commands.</summary>
public sealed class CounterMachine(bool forgets) : IRaftStateMachine
{
    private readonly CounterState _state = new();

    public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default) =>
        new(_state.Apply(command.Span));

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => new(_state.Write());

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        _state.Read(snapshot.Span);
        if (forgets)
        {
            _state.Forget();
        }

        return default;
    }
}

/// <summary>The counter without replication.</summary>
public sealed class CounterModel : IStateMachineModel
{
    private readonly CounterState _state = new();

    public ReadOnlyMemory<byte> Apply(LogEntry entry) => _state.Apply(entry.Command.Span);

    public ReadOnlyMemory<byte> TakeSnapshot() => _state.Write();

    // A retried command counts again.
    public (int Client, long Sequence)? Identify(LogEntry entry) => null;
}
