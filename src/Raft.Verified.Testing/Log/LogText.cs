using System.Globalization;
using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Testing.Log;

/// <summary>
/// A short notation for logs. <c>[s4/2 5-7/3 8/4]</c> is a snapshot through entry 4 of term 2, followed by entries 5 to
/// 7 of term 3 and entry 8 of term 4.
/// </summary>
internal static class LogText
{
    /// <summary>Returns the log of a server, in memory or on disk, in the short notation.</summary>
    /// <param name="log">The view of the log.</param>
    public static string Of(LogView log)
    {
        StringBuilder text = new("[");
        if (log.SnapshotIndex > LogIndex.Zero)
        {
            text.Append(CultureInfo.InvariantCulture, $"s{log.SnapshotIndex}/{log.SnapshotTerm}");
        }

        string runs = Runs(EntriesOf(log));
        if (text.Length > 1 && runs.Length > 0)
        {
            text.Append(' ');
        }

        return text.Append(runs).Append(']').ToString();
    }

    /// <summary>Returns consecutive entries in the short notation, with one range per term.</summary>
    /// <param name="entries">The entries in the order of their indexes.</param>
    public static string Runs(IEnumerable<LogEntry> entries)
    {
        StringBuilder text = new();
        LogEntry? first = null;
        LogEntry? last = null;
        foreach (LogEntry entry in entries)
        {
            if (entry.Term != last?.Term || entry.Index != last.Index.Next())
            {
                AppendRun(text, first, last);
                first = entry;
            }

            last = entry;
        }

        AppendRun(text, first, last);
        return text.ToString();
    }

    private static void AppendRun(StringBuilder text, LogEntry? first, LogEntry? last)
    {
        if (first is null || last is null)
        {
            return;
        }

        text.Append(text.Length == 0 ? "" : " ").Append(first.Index);
        if (last.Index > first.Index)
        {
            text.Append('-').Append(last.Index);
        }

        text.Append('/').Append(first.Term);
    }

    private static IEnumerable<LogEntry> EntriesOf(LogView log)
    {
        for (LogIndex index = log.SnapshotIndex.Next(); index <= log.LastIndex; index = index.Next())
        {
            if (log[index] is { } entry)
            {
                yield return entry;
            }
        }
    }
}
