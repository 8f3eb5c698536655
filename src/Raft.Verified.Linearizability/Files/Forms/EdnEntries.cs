using System.Text;
using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>
/// A reader for histories of EDN maps, with or without tags. The maps follow each other, or are the items of a vector
/// or a list.
/// </summary>
internal static class EdnEntries
{
    /// <summary>Reads the entries lazily.</summary>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="maker">The factory for entries.</param>
    /// <exception cref="HistoryEntryException">The file is not such a history.</exception>
    public static IEnumerable<HistoryEntry> Read(Stream bytes, EntryMaker maker)
    {
        StreamReader text = new(new Utf8Stream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        EdnReader reader = new(new EdnText(text), new EdnAtoms());
        while (Next(reader) is { } value)
        {
            if (maker.Of(value, reader.Line) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private static EdnValue? Next(EdnReader reader)
    {
        try
        {
            return reader.NextItem();
        }
        catch (EdnException exception)
        {
            throw new HistoryEntryException(reader.Line, exception.Message);
        }
    }
}
