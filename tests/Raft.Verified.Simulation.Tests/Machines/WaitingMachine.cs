using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Tests.Machines;

/// <summary>A counter that waits inside each call, and may need its server for that.</summary>
/// <param name="waits">The wait inside a call.</param>
internal sealed class WaitingMachine(Func<WaitingMachine, Task> waits) : IRaftStateMachine
{
    private long _count;

    /// <summary>The server of this life; null for a copy.</summary>
    public SimulatedServer? Server { get; set; }

    /// <summary>The text behind each answer.</summary>
    public Func<WaitingMachine, string> Suffix { get; init; } = static _ => "";

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        _count++;
        await waits(this);
        return Encoding.ASCII.GetBytes(_count + Suffix(this));
    }

    public async ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default)
    {
        await waits(this);
        return BitConverter.GetBytes(_count);
    }

    public async ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        await waits(this);
        _count = BitConverter.ToInt64(snapshot.Span);
    }
}
