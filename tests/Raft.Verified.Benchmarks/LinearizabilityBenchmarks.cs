using BenchmarkDotNet.Attributes;
using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Benchmarks;

/// <summary>The linearizability checker on histories of a key/value store with one key, in which several clients put, append and get at the same time.</summary>
[MemoryDiagnoser]
public class LinearizabilityBenchmarks
{
    private const int Clients = 8;
    private const int Operations = 1000;
    private IReadOnlyList<HistoryOperation<KeyValueCommand, KeyValueAnswer>> _history = [];

    [GlobalSetup]
    public void Prepare()
    {
        Random random = new(1);
        History<KeyValueCommand, KeyValueAnswer> history = new();
        KeyValueAnswer?[] answers = new KeyValueAnswer?[Clients];
        KeyValueCommand?[] open = new KeyValueCommand?[Clients];
        KeyValueState state = KeyValueModel.Instance.Initial;
        int begun = 0;
        while (begun < Operations || open.Any(command => command is not null))
        {
            int client = random.Next(Clients);
            if (open[client] is not { } command)
            {
                if (begun < Operations)
                {
                    begun++;
                    command = Next(random, begun);
                    open[client] = command;
                    history.Call(client, command);
                }
            }
            else if (answers[client] is not { } answer)
            {
                (state, KeyValueAnswer given) = KeyValueModel.Instance.Step(state, command);
                answers[client] = given;
            }
            else
            {
                history.Return(client, answer);
                (open[client], answers[client]) = (null, null);
            }
        }

        _history = history.Operations;
    }

    [Benchmark]
    public LinearizabilityReport Check()
    {
        LinearizabilityReport report = LinearizabilityChecker.Check(KeyValueModel.Instance, _history);
        return report.Verdict == LinearizabilityVerdict.Linearizable ? report : throw new InvalidOperationException($"expected a linearizable history, found {report.Verdict}");
    }

    private static KeyValueCommand Next(Random random, int number) => random.Next(4) switch
    {
        0 => new KeyValueCommand(KeyValueCommandKind.Put, "x", $"{number}"),
        1 => new KeyValueCommand(KeyValueCommandKind.Append, "x", $",{number}"),
        _ => new KeyValueCommand(KeyValueCommandKind.Get, "x"),
    };
}
