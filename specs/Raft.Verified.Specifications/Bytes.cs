using System.Text;

namespace Raft.Verified.Specifications;

/// <summary>The formatting of commands and answers in messages. Bytes that are text are shown as text.</summary>
internal static class Bytes
{
    private const int MaxShown = 40;

    public static string Describe(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> shown = bytes.Span[..Math.Min(bytes.Length, MaxShown)];
        string more = bytes.Length > MaxShown ? $"... ({bytes.Length} bytes)" : "";
        return shown.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
            ? $"\"{Encoding.ASCII.GetString(shown)}\"{more}"
            : $"0x{Convert.ToHexString(shown)}{more}";
    }
}
