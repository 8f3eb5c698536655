using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>Writes to the disk, in the order of the writes' numbers, on a task of its own, and reports what is durable to the core's inbox.</summary>
internal sealed class DiskWriter(RaftEnvironment environment, WorkQueue<Input> inbox)
{
    /// <summary>The writes that the core has asked for.</summary>
    public WorkQueue<DurableWrite> Queue { get; } = new();

    /// <summary>The last write that the disk has completed. Written by the task that writes; read once that has ended.</summary>
    public WriteId LastDurable { get; private set; }

    /// <summary>Writes until the queue is closed and empty.</summary>
    public async Task RunDiskAsync()
    {
        await Queue.WaitAsync();
        while (Queue.TryTakeAll(out List<DurableWrite> writes))
        {
            if (writes.Count > 0)
            {
                await environment.Storage.WriteAsync(writes, environment.Abandoned);
                LastDurable = writes[^1].Id;
                inbox.Add(new Input(InputKind.WriteCompleted, Number: writes[^1].Id.Value));
            }

            await Queue.WaitAsync();
        }
    }
}
