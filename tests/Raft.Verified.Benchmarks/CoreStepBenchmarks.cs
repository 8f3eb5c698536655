using BenchmarkDotNet.Attributes;
using Raft.Verified.Protocol;

namespace Raft.Verified.Benchmarks;

/// <summary>Steps of the core, without observers and with a disk that writes at once.</summary>
[MemoryDiagnoser]
public class CoreStepBenchmarks
{
    private const int Count = 1000;
    private static readonly ServerId[] Servers = [new(1), new(2), new(3)];
    private static readonly ReadOnlyMemory<byte>[] Command = [new byte[16]];
    private readonly Queue<Message> _network = new();
    private RaftCore _follower = null!;
    private AppendEntries _heartbeat = null!;
    private AppendEntries[] _appends = [];
    private RequestVote[] _votes = [];

    [GlobalSetup]
    public void Prepare()
    {
        _follower = Started(2);
        _heartbeat = new AppendEntries(Servers[0], Servers[1], new Term(1), LogIndex.Zero, Term.Zero, ReadOnlyMemory<LogEntry>.Empty, LogIndex.Zero);
        _appends = [.. Enumerable.Range(1, Count).Select(index => new AppendEntries(
            Servers[0], Servers[1], new Term(1), new LogIndex(index - 1), new Term(index == 1 ? 0 : 1),
            new[] { new LogEntry(new Term(1), new LogIndex(index), EntryKind.Command, Command[0]) }, new LogIndex(index - 1)))];
        _votes = [.. Enumerable.Range(1, Count).Select(term => new RequestVote(Servers[0], Servers[1], new Term(term), LogIndex.Zero, Term.Zero))];
    }

    /// <summary>A heartbeat that a follower receives.</summary>
    [Benchmark]
    public Effects Heartbeat() => _follower.Receive(_heartbeat);

    /// <summary>An append request with one entry that a follower receives, until the entry is durable.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public long Append()
    {
        RaftCore follower = Receive(_appends);
        return Expect(Count, follower.DurableIndex.Value, "durable entries");
    }

    /// <summary>A vote request that a follower grants in a new term, until the vote is durable.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public long Vote()
    {
        RaftCore follower = Receive(_votes);
        return follower.VotedFor == Servers[0] ? Expect(Count, follower.CurrentTerm.Value, "terms") : throw new InvalidOperationException("expected a vote for S1, found none");
    }

    /// <summary>A proposal on three servers, until the leader has committed it and both followers have replied.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public long Proposal()
    {
        RaftCore[] cores = [.. Servers.Select(server => Started(server.Value))];
        _network.Clear();
        Perform(cores[0], cores[0].ElectionTimeout());
        Deliver(cores);
        for (int i = 0; i < Count; i++)
        {
            Perform(cores[0], cores[0].Propose(Command));
            Deliver(cores);
        }

        return Expect(Count + 1, cores[0].CommitIndex.Value, "committed entries");
    }

    private static RaftCore Started(int server)
    {
        RaftCore core = new(new RaftCoreOptions { Id = new ServerId(server), Servers = Servers }, DurableState.Empty, NullRaftObserver.Instance);
        core.Start();
        return core;
    }

    private static long Expect(long expected, long found, string what) =>
        found == expected ? found : throw new InvalidOperationException($"expected {expected} {what}, found {found}");

    private RaftCore Receive(Message[] messages)
    {
        RaftCore core = Started(2);
        foreach (Message message in messages)
        {
            Perform(core, core.Receive(message));
            _network.Clear();
        }

        return core;
    }

    private void Deliver(RaftCore[] cores)
    {
        while (_network.TryDequeue(out Message? message))
        {
            RaftCore core = cores[message.To.Value - 1];
            Perform(core, core.Receive(message));
        }
    }

    // The disk writes at once, so that no message waits.
    private void Perform(RaftCore core, Effects effects)
    {
        WriteId? write = effects.Write?.Id;
        foreach (OutgoingMessage message in effects.Messages)
        {
            _network.Enqueue(message.Message);
        }

        if (write is { } id)
        {
            Perform(core, core.WriteCompleted(id));
        }
    }
}
