using BenchmarkDotNet.Attributes;
using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Models;
using Raft.Verified.Scenarios.KeyValue;
using Raft.Verified.Tests.Specifications.Linearizability;

namespace Raft.Verified.Benchmarks;

/// <summary>The linearizability checker on a linearizable history of each model: 1,000 operations of four clients that overlap on one object.</summary>
[MemoryDiagnoser]
public class LinearizabilityBenchmarks
{
    private static readonly Dictionary<string, Func<Func<LinearizabilityReport>>> Kinds = new()
    {
        ["register"] = () => Checking(RegisterModel.Instance, (random, _) => random.Next(3) switch
        {
            0 => RegisterCommand.Read(),
            1 => RegisterCommand.Write(random.Next(5)),
            _ => RegisterCommand.CompareAndSet(random.Next(5), random.Next(5)),
        }),
        ["key-value"] = () => Checking(KeyValueModel.Instance, (random, number) => random.Next(3) switch
        {
            0 => new KeyValueCommand(KeyValueCommandKind.Get, "x"),
            1 => new KeyValueCommand(KeyValueCommandKind.Put, "x", $"{number}"),
            _ => new KeyValueCommand(KeyValueCommandKind.Append, "x", $",{number}"),
        }),
        ["versioned"] = () => Checking(VersionedModel.Instance, (random, number) =>
            random.Next(2) == 0 ? VersionedCommand.Get("x") : VersionedCommand.Put("x", $"{number}", random.Next(5))),
        ["store"] = () => Checking(StoreModel.Instance, (random, number) =>
            new StoreOperation(random.Next(2) == 0 ? null : Raft.Verified.KeyValue.KeyValueOperation.Put, "x", $"{number}")),
        ["mutex"] = () => Checking(MutexModel.Instance, (random, _) => new MutexCommand(random.Next(2) == 0)),
        ["set"] = () => Checking(SetModel.Instance, (random, number) => random.Next(2) == 0 ? SetCommand.Read() : SetCommand.Add(number)),

        // A queue that grows leaves the order of its values open, and the search grows with the number of orders.
        ["queue"] = () => Checking(QueueModel.Instance, (random, number) => random.Next(3) > 0 ? QueueCommand.Dequeue() : QueueCommand.Enqueue(number)),
        ["multi-register"] = () => Checking(MultiRegisterModel.Instance, (random, number) =>
            new MultiRegisterCommand([new(random.Next(2) == 0, "x", number), new(random.Next(2) == 0, "y", number)])),
    };

    private Func<LinearizabilityReport> _check = null!;

    public static IEnumerable<string> Models => Kinds.Keys;

    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => _check = Kinds[Model]();

    /// <summary>A check of the whole history.</summary>
    [Benchmark]
    public LinearizabilityReport Check()
    {
        LinearizabilityReport report = _check();
        return report.Verdict == LinearizabilityVerdict.Linearizable ? report : throw new InvalidOperationException($"expected a linearizable history, found {report.Verdict}");
    }

    private static Func<LinearizabilityReport> Checking<TState, TCommand, TAnswer>(
        SequentialModel<TState, TCommand, TAnswer> model, Func<Random, int, TCommand> command)
        where TState : notnull
    {
        int number = 0;
        RandomHistory<TState, TCommand, TAnswer> maker = new(model, random => command(random, ++number)) { Clients = 4, Operations = 1000 };
        IReadOnlyList<HistoryOperation<TCommand, TAnswer>> history = maker.Make(seed: 1);
        return () => LinearizabilityChecker.Check(model, history);
    }
}
