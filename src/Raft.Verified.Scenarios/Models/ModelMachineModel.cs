using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.Models;

/// <summary>The sequential model of <see cref="ModelMachine"/> for answers and snapshots.</summary>
/// <param name="chunks">The number of chunks of a snapshot.</param>
internal sealed class ModelMachineModel(int chunks) : IStateMachineModel
{
    private ModelState _state;

    public ReadOnlyMemory<byte> Apply(LogEntry entry)
    {
        _state = _state.After(entry.Command.Span);
        return _state.Write(1);
    }

    public ReadOnlyMemory<byte> TakeSnapshot() => _state.Write(chunks);

    public (int Client, long Sequence)? Identify(LogEntry entry) => null;
}
