using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Tests.Server;

/// <summary>Answers a command with itself.</summary>
internal sealed class EchoMachine : IRaftStateMachine
{
    public RaftServer? Server { get; set; }

    public Func<RaftServer, LogIndex, Task>? OnApply { get; set; }

    public Func<Task>? OnRestore { get; set; }

    public bool IsApplying { get; private set; }

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        IsApplying = true;
        if (OnApply is not null)
        {
            await OnApply(Server!, index);
        }

        return command;
    }

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<ReadOnlyMemory<byte>>(new byte[] { 1 });

    public async ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        if (OnRestore is not null)
        {
            await OnRestore();
        }
    }
}
