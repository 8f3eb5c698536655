using System.Globalization;
using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Cli.Output.Log;

/// <summary>Logs in a few characters: <c>[s4/2 5-7/3 8/4]</c> is a snapshot through entry 4 of term 2, then entries 5 to 7 of term 3 and entry 8 of term 4.</summary>
internal static class LogText
{
    /// <summary>A server's log, in memory or on disk.</summary>
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

    /// <summary>Entries that follow each other, those of one term as one range.</summary>
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
