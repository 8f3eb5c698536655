using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>The counter as the sequential model.</summary>
internal sealed class CounterModel : IStateMachineModel
{
    private readonly CounterMachine _counter = new();

    public ReadOnlyMemory<byte> Apply(LogEntry entry) => _counter.Apply(entry.Command.Span);

    public ReadOnlyMemory<byte> TakeSnapshot() => _counter.TakeSnapshot();

    public (int Client, long Sequence)? Identify(LogEntry entry) => null;
}
