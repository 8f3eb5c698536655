using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>The same list of commands as the sequential model that answers and snapshots are compared with.</summary>
internal sealed class ScriptModel : IStateMachineModel
{
    private readonly CommandList _state = new();

    public ReadOnlyMemory<byte> Apply(LogEntry entry) => _state.Apply(entry.Command);

    public ReadOnlyMemory<byte> TakeSnapshot() => _state.Write();

    public (int Client, long Sequence)? Identify(LogEntry entry) => null;
}
