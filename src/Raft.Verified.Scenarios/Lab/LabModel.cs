using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>The sequential model of the service.</summary>
internal sealed class LabModel : IStateMachineModel
{
    private readonly List<ReadOnlyMemory<byte>> _commands = [];

    public ReadOnlyMemory<byte> Apply(LogEntry entry)
    {
        _commands.Add(entry.Command);
        return default;
    }

    public ReadOnlyMemory<byte> TakeSnapshot() => LabHistory.Write([.. _commands]);

    public (int Client, long Sequence)? Identify(LogEntry entry) => null;
}
