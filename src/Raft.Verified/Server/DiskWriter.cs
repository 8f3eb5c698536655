using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The task that performs durable writes in the order of their numbers. It reports completed writes to the core's
/// inbox.
/// </summary>
internal sealed class DiskWriter(RaftEnvironment environment, WorkQueue<Input> inbox)
{
    /// <summary>The writes that the core has asked for.</summary>
    public WorkQueue<DurableWrite> Queue { get; } = new();

    /// <summary>
    /// The last write that the disk has completed. It is set by the writing task, and read after that task has ended.
    /// </summary>
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
