using System.Text;
using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>Reads a history of EDN maps: one behind the other, or as items of a vector or a list, with any tags before them.</summary>
internal static class EdnEntries
{
    /// <summary>Reads the entries, as they are asked for.</summary>
    /// <exception cref="HistoryEntryException">The file is no such history.</exception>
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
