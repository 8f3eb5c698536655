using System.Buffers.Binary;

namespace Raft.Verified.Scenarios.Models;

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
