using BenchmarkDotNet.Attributes;
using Raft.Verified.Protocol;

namespace Raft.Verified.Benchmarks;

/// <summary>The log in memory, with 1,000 entries.</summary>
[MemoryDiagnoser]
public class LogBenchmarks
{
    private const int Count = 1000;
    private const int Tail = 100;
    private static readonly LogEntry[] Entries =
        [.. Enumerable.Range(1, Count).Select(index => new LogEntry(new Term(1), new LogIndex(index), EntryKind.Command, new byte[16]))];

    private readonly RaftLog _log = Filled();

    /// <summary>An entry that is added to a log, which grows from empty.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public RaftLog Append() => Filled();

    /// <summary>A suffix of 100 entries that is deleted and added again.</summary>
    [Benchmark]
    public RaftLog TruncateAndAppend()
    {
        _log.TruncateFrom(new LogIndex(Count - Tail + 1));
        foreach (LogEntry entry in Entries.AsSpan(Count - Tail))
        {
            _log.Append(entry);
        }

        return _log;
    }

    /// <summary>The term of an entry.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public long TermAt()
    {
        long sum = 0;
        for (int index = 1; index <= Count; index++)
        {
            sum += _log.TermAt(new LogIndex(index)).Value;
        }

        return sum;
    }

    /// <summary>The first index of the term of the last entry, which is the hint after a conflict.</summary>
    [Benchmark]
    public LogIndex FirstIndexOfTerm() => _log.FirstIndexOfTermAt(new LogIndex(Count));

    /// <summary>A slice of 100 entries for an append request.</summary>
    [Benchmark]
    public ReadOnlyMemory<LogEntry> Slice() => _log.Slice(new LogIndex(Count / 2), Tail);

    /// <summary>A log that is filled, and whose first half is then replaced by a snapshot.</summary>
    [Benchmark]
    public RaftLog AppendAndCompact()
    {
        RaftLog log = Filled();
        log.ReplacePrefix(new LogIndex(Count / 2), new Term(1));
        return log;
    }

    private static RaftLog Filled()
    {
        RaftLog log = new();
        foreach (LogEntry entry in Entries)
        {
            log.Append(entry);
        }

        return log;
    }
}
