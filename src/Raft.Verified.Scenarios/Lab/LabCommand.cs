using System.Buffers.Binary;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>The commands of the lab tests: numbers and strings that mean nothing.</summary>
internal static class LabCommand
{
    /// <summary>A number.</summary>
    public static ReadOnlyMemory<byte> Of(int number)
    {
        byte[] command = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(command, number);
        return command;
    }

    /// <summary>A string of a length that has no second occurrence.</summary>
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

    /// <summary>A command in a message to the user.</summary>
    public static string Describe(ReadOnlyMemory<byte> command) => command.Length == sizeof(int)
        ? BinaryPrimitives.ReadInt32LittleEndian(command.Span).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : $"a string of {command.Length} bytes";
}
