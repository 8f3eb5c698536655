namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>Reads a history of JSON objects: one behind the other, as in NDJSON, or as items of one array.</summary>
internal static class JsonEntries
{
    /// <summary>Reads the entries, as they are asked for.</summary>
    /// <exception cref="HistoryEntryException">The file is no such history.</exception>
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
