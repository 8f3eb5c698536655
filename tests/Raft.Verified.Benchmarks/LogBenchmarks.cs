using BenchmarkDotNet.Attributes;
using Raft.Verified.Protocol;

namespace Raft.Verified.Benchmarks;

/// <summary>The log in memory: appending entries, reading them in slices, and replacing a prefix by a snapshot.</summary>
[MemoryDiagnoser]
public class LogBenchmarks
{
    private const int Count = 1000;
    private static readonly LogEntry[] Entries =
        [.. Enumerable.Range(1, Count).Select(index => new LogEntry(new Term(1), new LogIndex(index), EntryKind.Command, new byte[16]))];

    private readonly RaftLog _log = Filled();

    [Benchmark(OperationsPerInvoke = Count)]
    public RaftLog Append() => Filled();

    [Benchmark]
    public ReadOnlyMemory<LogEntry> Slice() => _log.Slice(new LogIndex(Count / 2), 100);

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
