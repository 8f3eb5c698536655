using System.Buffers.Binary;

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
