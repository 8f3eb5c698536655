using System.Buffers.Binary;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.Models;

/// <summary>
/// The state machine of a <see cref="ModelScenario"/>: the number of commands and a hash of them in order. It remembers its state after each entry, because a model
/// may compact up to an earlier one. Each chunk of a snapshot holds the whole state, so that a mixture of two snapshots shows.
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

/// <summary>The sequential model of <see cref="ModelMachine"/> for answers and snapshots.</summary>
/// <param name="chunks">The number of chunks of a snapshot.</param>
internal sealed class ModelMachineModel(int chunks) : IStateMachineModel
{
    private ModelState _state;

    public ReadOnlyMemory<byte> Apply(LogEntry entry)
    {
        _state = _state.After(entry.Command.Span);
        return _state.Write(1);
    }

    public ReadOnlyMemory<byte> TakeSnapshot() => _state.Write(chunks);

    public (int Client, long Sequence)? Identify(LogEntry entry) => null;
}

/// <summary>The state as a value.</summary>
/// <param name="Count">The number of commands.</param>
/// <param name="Hash">A hash of the commands in order.</param>
internal readonly record struct ModelState(long Count, ulong Hash)
{
    public ModelState After(ReadOnlySpan<byte> command)
    {
        ulong hash = Hash;
        foreach (byte part in command)
        {
            hash = (hash ^ part) * 0x9E3779B97F4A7C15UL;
        }

        return new ModelState(Count + 1, hash);
    }

    public ReadOnlyMemory<byte> Write(int chunks)
    {
        byte[] data = new byte[chunks * ModelScenario.ChunkBytes];
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            Span<byte> place = data.AsSpan(chunk * ModelScenario.ChunkBytes);
            BinaryPrimitives.WriteInt64LittleEndian(place, Count);
            BinaryPrimitives.WriteUInt64LittleEndian(place[8..], Hash);
        }

        return data;
    }

    public static ModelState Read(ReadOnlySpan<byte> data) => data.Length < ModelScenario.ChunkBytes ? default
        : new ModelState(BinaryPrimitives.ReadInt64LittleEndian(data), BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
}
