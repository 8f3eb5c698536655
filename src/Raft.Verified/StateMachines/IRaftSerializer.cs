using System.Buffers;

namespace Raft.Verified.StateMachines;

/// <summary>
/// The contract by which values become the bytes of commands, answers and snapshots. <see cref="JsonRaftSerializer{T}"/>
/// is the default. Implement it to use any other format.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <remarks>
/// Equal values should give equal bytes on every server and in every version of the program. Commands and snapshots
/// stay on disk, so a newer version must read the bytes of an older one.
/// </remarks>
public interface IRaftSerializer<T>
{
    /// <summary>Appends the bytes of a value to a buffer.</summary>
    /// <param name="value">The value.</param>
    /// <param name="output">The buffer, to which other bytes may have been written before.</param>
    void Serialize(T value, IBufferWriter<byte> output);

    /// <summary>Reads a value.</summary>
    /// <param name="bytes">The bytes of one value, which may come from anybody. The value must not refer to them.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are no value of this type. All servers must agree on this, so it may depend on nothing but the bytes.
    /// </exception>
    T Deserialize(ReadOnlyMemory<byte> bytes);
}
