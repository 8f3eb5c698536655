using System.Buffers.Binary;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>
/// The service's state in the lab tests, which consists of all commands so far. Its snapshot contains all of them, so
/// it grows.
/// </summary>
internal static class LabHistory
{
    /// <summary>Serializes a snapshot of the commands at 1, 2, ...</summary>
    public static ReadOnlyMemory<byte> Write(ReadOnlySpan<ReadOnlyMemory<byte>> commands)
    {
        int length = sizeof(long);
        foreach (ReadOnlyMemory<byte> command in commands)
        {
            length += sizeof(int) + command.Length;
        }

        byte[] snapshot = new byte[length];
        BinaryPrimitives.WriteInt64LittleEndian(snapshot, commands.Length);
        Span<byte> rest = snapshot.AsSpan(sizeof(long));
        foreach (ReadOnlyMemory<byte> command in commands)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, command.Length);
            command.Span.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + command.Length)..];
        }

        return snapshot;
    }

    /// <summary>Decodes the commands of a snapshot; null when the bytes are not a snapshot.</summary>
    public static List<ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> snapshot)
    {
        if (snapshot.Length < sizeof(long))
        {
            return null;
        }

        long count = BinaryPrimitives.ReadInt64LittleEndian(snapshot.Span);
        List<ReadOnlyMemory<byte>> commands = [];
        int at = sizeof(long);
        while (at + sizeof(int) <= snapshot.Length)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(snapshot.Span[at..]);
            at += sizeof(int);
            if (length < 0 || length > snapshot.Length - at)
            {
                return null;
            }

            commands.Add(snapshot.Slice(at, length));
            at += length;
        }

        return commands.Count == count && at == snapshot.Length ? commands : null;
    }
}

/// <summary>The service of a server from one start to its end. It reports applied commands to the harness.</summary>
internal sealed class LabMachine : IRaftStateMachine
{
    private LabHarness? _harness;
    private int _server;

    private LabHarness Harness => _harness ?? throw new InvalidOperationException("a lab service runs in a lab test only");

    public void Bind(LabHarness harness, int server) => (_harness, _server) = (harness, server);

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        await Harness.AppliedAsync(_server, index.Value, command);
        return default;
    }

    // Asked for at a threshold only, which lab clusters do not have: there the service decides.
    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException("lab services take their snapshots themselves");

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        Harness.Restored(_server, lastIncludedIndex.Value, snapshot);
        return ValueTask.CompletedTask;
    }
}

/// <summary>The sequential model of the service.</summary>
internal sealed class LabModel : IStateMachineModel
{
    private readonly List<ReadOnlyMemory<byte>> _commands = [];

    public ReadOnlyMemory<byte> Apply(LogEntry entry)
    {
        _commands.Add(entry.Command);
        return default;
    }

    public ReadOnlyMemory<byte> TakeSnapshot() => LabHistory.Write([.. _commands]);

    public (int Client, long Sequence)? Identify(LogEntry entry) => null;
}
