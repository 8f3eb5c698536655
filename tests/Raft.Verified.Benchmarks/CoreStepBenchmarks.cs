using BenchmarkDotNet.Attributes;
using Raft.Verified.Protocol;

namespace Raft.Verified.Benchmarks;

/// <summary>Steps of the core without observers: a heartbeat at a follower, and a proposal from the leader's log to its commit on three servers.</summary>
[MemoryDiagnoser]
public class CoreStepBenchmarks
{
    private const int Proposals = 1000;
    private static readonly ServerId[] Servers = [new(1), new(2), new(3)];
    private static readonly ReadOnlyMemory<byte>[] Command = [new byte[16]];
    private RaftCore _follower = null!;
    private AppendEntries _heartbeat = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _follower = NewCore(2);
        _follower.Start();
        _heartbeat = new AppendEntries(Servers[0], Servers[1], new Term(1), LogIndex.Zero, Term.Zero, ReadOnlyMemory<LogEntry>.Empty, LogIndex.Zero);
    }

    [Benchmark]
    public Effects Heartbeat() => _follower.Receive(_heartbeat);

    [Benchmark(OperationsPerInvoke = Proposals)]
    public long Proposal()
    {
        RaftCore[] cores = [.. Servers.Select(server => NewCore(server.Value))];
        Queue<Message> network = new();
        foreach (RaftCore core in cores)
        {
            Perform(core, core.Start(), network);
        }

        Perform(cores[0], cores[0].ElectionTimeout(), network);
        Deliver(cores, network);
        for (int i = 0; i < Proposals; i++)
        {
            Perform(cores[0], cores[0].Propose(Command), network);
            Deliver(cores, network);
        }

        long committed = cores[0].CommitIndex.Value;
        return committed >= Proposals ? committed : throw new InvalidOperationException($"{committed} entries are committed; expected {Proposals} at least");
    }

    private static RaftCore NewCore(int server) =>
        new(new RaftCoreOptions { Id = new ServerId(server), Servers = Servers }, DurableState.Empty, NullRaftObserver.Instance);

    private static void Deliver(RaftCore[] cores, Queue<Message> network)
    {
        while (network.TryDequeue(out Message? message))
        {
            RaftCore core = cores[message.To.Value - 1];
            Perform(core, core.Receive(message), network);
        }
    }

    // The disk writes at once, so that no message waits.
    private static void Perform(RaftCore core, Effects effects, Queue<Message> network)
    {
        WriteId? write = effects.Write?.Id;
        foreach (OutgoingMessage message in effects.Messages)
        {
            network.Enqueue(message.Message);
        }

        if (write is { } id)
        {
            Perform(core, core.WriteCompleted(id), network);
        }
    }
}
