using System.Buffers.Binary;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>The commands of the lab tests, which are arbitrary numbers and strings.</summary>
internal static class LabCommand
{
    /// <summary>Creates a command from a number.</summary>
    public static ReadOnlyMemory<byte> Of(int number)
    {
        byte[] command = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(command, number);
        return command;
    }

    /// <summary>Creates a string of a given length that occurs only once.</summary>
    public static ReadOnlyMemory<byte> RandomString(int length, int seed)
    {
        byte[] command = new byte[length];
        SplitMix random = new((ulong)seed);
        foreach (ref byte letter in command.AsSpan())
        {
            letter = (byte)('a' + random.Next(26));
        }

        return command;
    }

    /// <summary>Describes a command for messages.</summary>
    public static string Describe(ReadOnlyMemory<byte> command) => command.Length == sizeof(int)
        ? BinaryPrimitives.ReadInt32LittleEndian(command.Span).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : $"a string of {command.Length} bytes";
}
