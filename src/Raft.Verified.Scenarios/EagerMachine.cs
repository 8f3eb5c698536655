using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios;

/// <summary>
/// A journal that compacts its server's log after commands that the schedule chooses. It does not wait for the disk, so
/// snapshots queue up there.
/// </summary>
internal sealed class EagerMachine(Random random) : IRaftStateMachine
{
    private readonly JournalState _state = new();
    private SimulatedServer? _server;

    /// <summary>Connects the state machine of a restarted server to its server.</summary>
    public static void Attach(SimulatedServer server) => ((EagerMachine)server.StateMachine!)._server = server;

    public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        ReadOnlyMemory<byte> answer = _state.Apply(command.Span);
        if (_server?.Server is { } running && random.Next(2) == 0)
        {
            _ = running.CompactAsync(index, _state.Write());
        }

        return ValueTask.FromResult(answer);
    }

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_state.Write());

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        _state.Read(snapshot);
        return ValueTask.CompletedTask;
    }
}
