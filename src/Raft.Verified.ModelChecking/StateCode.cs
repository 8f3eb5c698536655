using System.Runtime.CompilerServices;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// An encoding of numbers with seven bits per byte, lowest bits first. The eighth bit is set in every byte but the
/// last.
/// </summary>
internal static class StateCode
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(byte[] buffer, ref int at, ulong value)
    {
        while (value >= 0x80)
        {
            buffer[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        buffer[at++] = (byte)value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(ReadOnlySpan<byte> data, ref int at)
    {
        ulong value = data[at++];
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7F;
        for (int shift = 7; ; shift += 7)
        {
            ulong next = data[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
