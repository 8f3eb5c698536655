using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

/// <summary>
/// A journal that compacts its server's log while it applies a command, and continues when the snapshot is durable.
/// </summary>
internal sealed class CompactingMachine(int every, int writer) : IRaftStateMachine
{
    private readonly JournalState _state = new();
    private SimulatedServer? _server;

    /// <summary>Connects the state machine of a restarted server to its server.</summary>
    public static void Attach(SimulatedServer server) => ((CompactingMachine)server.StateMachine!)._server = server;

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        ReadOnlyMemory<byte> answer = _state.Apply(command.Span);
        if (index.Value % every == 0 && _server?.Server is { } running)
        {
            await running.CompactAsync(index, _state.Write(writer));
        }

        return answer;
    }

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_state.Write(writer));

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        _state.Read(snapshot);
        return ValueTask.CompletedTask;
    }
}
