namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>
/// A reader for histories of JSON objects. The objects follow each other, as in NDJSON, or are the items of one array.
/// </summary>
internal static class JsonEntries
{
    /// <summary>Reads the entries lazily.</summary>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="maker">The factory for entries.</param>
    /// <exception cref="HistoryEntryException">The file is not such a history.</exception>
    public static IEnumerable<HistoryEntry> Read(Stream bytes, EntryMaker maker)
    {
        JsonValueReader reader = new(new Utf8Stream(bytes));
        while (reader.NextItem() is { } value)
        {
            if (maker.Of(value, reader.Line) is { } entry)
            {
                yield return entry;
            }
        }
    }
}
