using System.Globalization;
using System.Text;
using Raft.Verified.Protocol;

namespace Raft.Verified.Tests.Protocol;

/// <summary>
/// A compact way to write logs down. <c>"1 1 2"</c> is a log of three entries with these terms; <c>"[3/2] 2 3"</c> is a snapshot of the
/// entries up to 3, whose last one has term 2, followed by the entries 4 and 5; <c>"4/2"</c> is the position 4 with term 2.
/// </summary>
internal static class Notation
{
    public static ServerId S(int server) => new(server);

    public static Term T(long term) => new(term);

    public static LogIndex At(long index) => new(index);

    public static (LogIndex Index, Term Term) Position(string text)
    {
        string[] parts = text.Split('/');
        return (At(Number(parts[0])), T(Number(parts[1])));
    }

    public static LogEntry Entry(long index, long term, EntryKind kind = EntryKind.Command) =>
        new(T(term), At(index), kind, kind == EntryKind.Empty ? default : Encoding.UTF8.GetBytes($"{index}/{term}"));

    public static LogEntry[] Entries(long first, string terms) =>
        [.. terms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((term, i) => Entry(first + i, Number(term)))];

    public static (Snapshot? Snapshot, LogEntry[] Entries) Log(string text)
    {
        if (!text.StartsWith('['))
        {
            return (null, Entries(1, text));
        }

        int end = text.IndexOf(']', StringComparison.Ordinal);
        Snapshot snapshot = SnapshotOf(text[1..end]);
        return (snapshot, Entries(snapshot.LastIncludedIndex.Value + 1, text[(end + 1)..]));
    }

    public static Snapshot SnapshotOf(string position, string data = "state")
    {
        (LogIndex index, Term term) = Position(position);
        return new Snapshot(index, term, Encoding.UTF8.GetBytes(data));
    }

    public static RaftLog NewLog(string text)
    {
        (Snapshot? snapshot, LogEntry[] entries) = Log(text);
        RaftLog log = new();
        if (snapshot is not null)
        {
            log.ReplacePrefix(snapshot.LastIncludedIndex, snapshot.LastIncludedTerm);
        }

        Array.ForEach(entries, log.Append);
        return log;
    }

    public static DurableState Durable(string log, long term, int votedFor = 0)
    {
        (Snapshot? snapshot, LogEntry[] entries) = Log(log);
        return new DurableState(T(term), S(votedFor), snapshot, entries);
    }

    public static string Text(RaftLog log)
    {
        List<string> words = [];
        if (log.SnapshotIndex > LogIndex.Zero)
        {
            words.Add($"[{log.SnapshotIndex}/{log.SnapshotTerm}]");
        }

        for (LogIndex index = log.SnapshotIndex.Next(); index <= log.LastIndex; index = index.Next())
        {
            words.Add(log[index].Term.ToString());
        }

        return string.Join(' ', words);
    }

    public static string Text(ReadOnlyMemory<byte> data) => Encoding.UTF8.GetString(data.Span);

    public static string Positions(IReadOnlyList<LogEntry> entries) => string.Join(' ', entries.Select(e => $"{e.Index}/{e.Term}"));

    public static string Positions(ReadOnlyMemory<LogEntry> entries) => Positions((IReadOnlyList<LogEntry>)entries.ToArray());

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
