using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.KeyValue;

/// <summary>
/// The store as the sequential model that answers and snapshots are compared with. It is the same code, and so says nothing about what the store's
/// operations do: that is for the histories of the clients to judge, against a model that has nothing in common with it.
/// </summary>
internal sealed class KeyValueLogModel(long sessionLifetime = KeyValueStateMachine.DefaultSessionLifetime) : IStateMachineModel
{
    private readonly KeyValueStateMachine _store = new(sessionLifetime);

    public ReadOnlyMemory<byte> Apply(LogEntry entry) => _store.Apply(entry.Index, entry.Command.Span);

    public ReadOnlyMemory<byte> TakeSnapshot() => _store.TakeSnapshot();

    // A retry may rightly be answered otherwise than the first attempt: its session may have expired, or gone on.
    public (int Client, long Sequence)? Identify(LogEntry entry) => null;
}
