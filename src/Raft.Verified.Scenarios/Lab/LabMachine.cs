using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>The service of a server from one start to its end. It reports applied commands to the harness.</summary>
internal sealed class LabMachine : IRaftStateMachine
{
    private LabHarness? _harness;
    private int _server;

    private LabHarness Harness => _harness ?? throw new InvalidOperationException("a lab service runs in a lab test only");

    public void Bind(LabHarness harness, int server) => (_harness, _server) = (harness, server);

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        await Harness.AppliedAsync(_server, index.Value, command);
        return default;
    }

    // Never called: lab clusters have no threshold for snapshots, because the service decides when to take one.
    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException("lab services take their snapshots themselves");

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        Harness.Restored(_server, lastIncludedIndex.Value, snapshot);
        return ValueTask.CompletedTask;
    }
}
