using Raft.Verified.Protocol;
using Raft.Verified.Storage;

namespace Raft.Verified.Simulation;

/// <summary>
/// Storage on a <see cref="SimulatedDisk"/>. Created again for each start of the server; the disk stays.
/// </summary>
/// <param name="disk">The disk.</param>
/// <param name="flush">
/// A task to await between writing and flushing, for the time that a real disk takes. Null for none.
/// </param>
public sealed class SimulatedStorage(SimulatedDisk disk, Func<Task>? flush = null) : IRaftStorage
{
    /// <inheritdoc />
    public ValueTask<DurableState> LoadAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(disk.Load());

    /// <inheritdoc />
    public async ValueTask WriteAsync(IReadOnlyList<DurableWrite> writes, CancellationToken cancellationToken = default)
    {
        disk.Write(writes);
        if (flush is not null)
        {
            await flush();
        }

        disk.Flush();
    }
}
