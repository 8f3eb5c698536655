using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Storage;

namespace Raft.Verified.Exploration.Simulation;

/// <summary>
/// Everything by which one life of a server acts on the world: its events, its messages, its disk. The world outlives the process; nothing
/// that a process does after its end may reach it.
/// </summary>
internal sealed class ProcessBoundary(ISimulatedProcess process, SimulatedCluster cluster, InMemoryDisk disk, Func<Task> flush)
    : IRaftObserver, ITransport, IRaftStorage
{
    public void On(in RaftEvent raftEvent)
    {
        process.BeforeActing();
        cluster.Observer.On(in raftEvent);
    }

    public ValueTask SendAsync(Message message)
    {
        process.BeforeActing();
        using WorldAct act = new(cluster.Simulation);
        cluster.Network.Send(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask<DurableState> LoadAsync()
    {
        process.BeforeActing();
        using WorldAct act = new(cluster.Simulation);
        return ValueTask.FromResult(disk.Load());
    }

    public async ValueTask WriteAsync(IReadOnlyList<DurableWrite> writes)
    {
        process.BeforeActing();
        Write(writes);
        await flush();
        process.BeforeActing();
        Flush();
    }

    private void Write(IReadOnlyList<DurableWrite> writes)
    {
        using WorldAct act = new(cluster.Simulation);
        disk.Write(writes);
    }

    private void Flush()
    {
        using WorldAct act = new(cluster.Simulation);
        disk.Flush();
    }
}
