using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios;

/// <summary>The journal as the sequential model for the servers' answers and snapshots.</summary>
internal sealed class JournalModel : IStateMachineModel
{
    private readonly JournalState _state = new();

    public ReadOnlyMemory<byte> Apply(LogEntry entry) => _state.Apply(entry.Command.Span);

    public ReadOnlyMemory<byte> TakeSnapshot() => _state.Write();

    public ReadOnlyMemory<byte> StateIn(ReadOnlyMemory<byte> snapshot) => JournalState.Plain(snapshot);

    public (int Client, long Sequence)? Identify(LogEntry entry) =>
        entry.Kind == EntryKind.Command ? JournalState.Parse(entry.Command.Span) : null;
}
