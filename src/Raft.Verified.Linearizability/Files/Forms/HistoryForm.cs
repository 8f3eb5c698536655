using System.Text;

namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>
/// A reader for histories in all file formats. It recognizes the format by the first bytes of the file.
/// </summary>
internal static class HistoryForm
{
    private const int PrefixSize = 1 << 16;

    private static readonly (byte[] Beginning, string Problem)[] Foreign =
    [
        ([0x1F, 0x8B], "is compressed with gzip; expected text, as from 'gunzip -c FILE | raft linearize -'"),
        ([0x28, 0xB5, 0x2F, 0xFD], "is compressed with zstd; expected text, as from 'zstd -dc FILE | raft linearize -'"),
        ([.. "BZh"u8], "is compressed with bzip2; expected text, as from 'bunzip2 -c FILE | raft linearize -'"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "is compressed with xz; expected text, as from 'xz -dc FILE | raft linearize -'"),
        ([0x50, 0x4B, 0x03, 0x04], "is a zip archive; expected text"),
        ([.. "JEPSEN"u8], "is Jepsen's binary format; expected the history.edn, history.txt or jepsen.log beside it"),
        ([0xFF, 0xFE], "begins with the bytes FFFE, so it is UTF-16; expected UTF-8"),
        ([0xFE, 0xFF], "begins with the bytes FEFF, so it is UTF-16; expected UTF-8"),
    ];

    /// <summary>Reads the entries lazily.</summary>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="maker">The factory for entries.</param>
    /// <exception cref="HistoryEntryException">The file is not a history.</exception>
    public static IEnumerable<HistoryEntry> Read(Stream bytes, EntryMaker maker)
    {
        byte[] prefix = new byte[PrefixSize];
        int length = bytes.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        ReadOnlyMemory<byte> beginning = prefix.AsMemory(0, length);
        foreach ((byte[] foreign, string problem) in Foreign)
        {
            if (beginning.Span.StartsWith(foreign))
            {
                throw new HistoryEntryException(0, problem);
            }
        }

        int mark = beginning.Span.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        Stream all = new PrefixedStream(beginning[mark..], bytes);
        string text = Encoding.UTF8.GetString(beginning.Span[mark..]);
        return string.IsNullOrWhiteSpace(text) && length < PrefixSize
            ? throw new HistoryEntryException(0, "the file is empty; expected a history")
            : HasLines(text) ? LineEntries.Read(all, maker)
            : IsJson(text) ? JsonEntries.Read(all, maker)
            : IsEdn(text) ? EdnEntries.Read(all, maker)
            : LineEntries.Read(all, maker);
    }

    // A log may begin with other lines, so its first operation identifies it.
    private static bool HasLines(string text)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (LineEntries.HasOperation(line))
            {
                return true;
            }
        }

        return false;
    }

    // JSON begins with an object whose first key is a string, with an array of such objects, or with an empty array.
    private static bool IsJson(string text)
    {
        string beginning = Significant(text, 3);
        return beginning is ['{', '"', ..] or ['[', '{', '"'] or ['[', ']', ..] or ['[', '{', '}'];
    }

    private static bool IsEdn(string text) => Significant(text, 1) is "{" or "[" or "(" or "#" or ";";

    // The first few characters other than white space and commas.
    private static string Significant(string text, int count) => new([.. text.Where(c => !char.IsWhiteSpace(c) && c != ',').Take(count)]);
}
