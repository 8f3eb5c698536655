namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>The pairing of calls with their returns.</summary>
internal static class CallPairing
{
    /// <summary>Returns the calls in the order of the file, each with its return.</summary>
    /// <param name="entries">The entries in the order of the file.</param>
    /// <exception cref="HistoryEntryException">A return has no call, or a client has two open calls.</exception>
    public static List<RecordedCall> Pair(IEnumerable<HistoryEntry> entries)
    {
        List<RecordedCall> calls = [];
        Dictionary<int, int> open = [];
        foreach (HistoryEntry entry in entries)
        {
            bool isOpen = open.Remove(entry.Client, out int index);
            if (entry.Type == HistoryEntryType.Invoke)
            {
                if (isOpen)
                {
                    HistoryEntry before = calls[index].Call;
                    throw entry.Problem(
                        $"client {entry.Client} calls '{entry}' while its call '{before}' of line {before.Line} is open; expected the return of that first");
                }

                open.Add(entry.Client, calls.Count);
                calls.Add(new RecordedCall(entry, null));
                continue;
            }

            if (!isOpen)
            {
                throw entry.Problem($"client {entry.Client} returns from '{entry.Function}' without a call; expected its call before");
            }

            HistoryEntry call = calls[index].Call;
            calls[index] = entry.Function == call.Function
                ? calls[index] with { Return = entry }
                : throw entry.Problem($"client {entry.Client} returns from '{entry.Function}'; expected the return of its call '{call}' of line {call.Line}");
        }

        return calls;
    }
}
