using System.Text;

namespace Raft.Verified.Specifications;

/// <summary>The formatting of commands and answers in messages. Bytes that are text are shown as text.</summary>
internal static class Bytes
{
    private const int MaxShown = 40;
    private const int ShownBeforeDifference = 16;

    public static string Describe(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> shown = bytes.Span[..Math.Min(bytes.Length, MaxShown)];
        string more = bytes.Length > MaxShown ? $"... ({bytes.Length} bytes)" : "";
        return shown.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
            ? $"\"{Encoding.ASCII.GetString(shown)}\"{more}"
            : $"0x{Convert.ToHexString(shown)}{more}";
    }

    /// <summary>Describes bytes that differ from others. Of long ones, the part around the first difference is shown.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="other">The bytes to compare with.</param>
    public static string Describe(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> other)
    {
        int difference = bytes.Span.CommonPrefixLength(other.Span);
        return Math.Max(bytes.Length, other.Length) <= MaxShown || difference < MaxShown / 2
            ? Describe(bytes)
            : $"...{Describe(bytes[(difference - ShownBeforeDifference)..])}";
    }
}
