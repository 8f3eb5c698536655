using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;
using Raft.Verified.Storage;
using Raft.Verified.Transport;

namespace Raft.Verified.Simulation;

/// <summary>
/// The boundary through which one life of a server acts on the world: its events, its messages, its disk. The world
/// outlives the process, so no act of a process may reach it after the process has ended. Faults, hangs and delays of
/// transport and storage are injected here, and the guarantees of their contracts are checked here.
/// </summary>
internal sealed class ProcessBoundary(ISimulatedProcess process, SimulatedServer server, SimulatedCluster cluster, Func<Task> flush)
    : IRaftObserver, IRaftTransport, IRaftStorage
{
    private const int NewMessages = 16;

    private readonly ISimulation _simulation = cluster.Simulation;
    private readonly ElectionWatch? _elections = cluster.IsMonitored ? new(cluster.Simulation, process, server, cluster.Settings) : null;
    private readonly bool[] _sending = new bool[cluster.ServerIds.Count + 1];
    private readonly (TimeSpan Since, int Messages)[] _bursts = new (TimeSpan, int)[cluster.ServerIds.Count + 1];
    private bool _writing;

    private PartFaults Faults => cluster.Network.Faults.Parts;

    public void OnEvent(in RaftEvent raftEvent)
    {
        process.BeforeActing();
        if (((ElectionWatch.Kinds | StopCheck.Kinds) >> (int)raftEvent.Kind & 1) != 0)
        {
            Watch(in raftEvent);
        }

        cluster.Observer.OnEvent(in raftEvent);
    }

    public ValueTask SendAsync(Message message, CancellationToken cancellationToken = default)
    {
        process.BeforeActing();
        if (_sending[message.To.Value])
        {
            _simulation.Fail("OneCallAtATime", $"{server.Id} sends \"{message}\" to {message.To} while its transport has not returned from the message before");
        }

        CheckBurst(message.To);
        bool hangs = cluster.Hangs.IsHanging(message.From, message.To);
        if (ReferenceEquals(Faults, PartFaults.None) && !hangs)
        {
            Send(message);
            return ValueTask.CompletedTask;
        }

        if (_simulation.Happens(Faults.SendFault, "transport throws"))
        {
            InjectedFaultException fault = new(FailingPart.Transport, $"the transport of {server.Id} does not take a message to {message.To}");
            return _simulation.Choose(2, "throws from the call, or from its task") == 0 ? throw fault : ValueTask.FromException(fault);
        }

        return new ValueTask(SendSlowlyAsync(message, hangs));
    }

    public ValueTask<DurableState> LoadAsync(CancellationToken cancellationToken = default)
    {
        process.BeforeActing();
        return ReferenceEquals(Faults, PartFaults.None) ? ValueTask.FromResult(Load()) : LoadSlowlyAsync();
    }

    public async ValueTask WriteAsync(IReadOnlyList<DurableWrite> writes, CancellationToken cancellationToken = default)
    {
        process.BeforeActing();
        if (_writing)
        {
            _simulation.Fail("OneCallAtATime", $"{server.Id} writes while its storage has not returned from the write before");
        }

        if (server.FailedPart == FailingPart.Storage)
        {
            _simulation.Fail("FaultStopsServer", $"{server.Id} writes again after its storage failed: nobody knows what the disk holds");
        }

        _writing = true;
        Write(writes);
        if (cluster.Hangs.IsHanging(server.Id, FailingPart.Storage) || _simulation.Happens(Faults.WriteHang, "write hangs"))
        {
            await cluster.Hangs.WaitAsync();
        }

        await flush();
        process.BeforeActing();
        _writing = false;
        if (_simulation.Happens(Faults.WriteFault, "write fails"))
        {
            throw server.Fail(FailingPart.Storage, "write");
        }

        Flush();
    }

    private void Watch(in RaftEvent raftEvent)
    {
        _elections?.OnEvent(in raftEvent);
        if ((StopCheck.Kinds >> (int)raftEvent.Kind & 1) != 0)
        {
            StopCheck.OnEvent(in raftEvent, cluster);
        }
    }

    private void Send(Message message)
    {
        using WorldAct act = new(_simulation);
        cluster.Network.Send(message);
    }

    private DurableState Load()
    {
        using WorldAct act = new(_simulation);
        return server.Disk.Load();
    }

    private void Write(IReadOnlyList<DurableWrite> writes)
    {
        using WorldAct act = new(_simulation);
        server.Disk.Write(writes);
    }

    private void Flush()
    {
        using WorldAct act = new(_simulation);
        server.Disk.Flush();
    }

    // When the transport returns, messages that were queued before leave at once: at most one full queue, and those that the
    // sender had already taken.
    private void CheckBurst(ServerId to)
    {
        ref (TimeSpan Since, int Messages) burst = ref _bursts[to.Value];
        if (burst.Messages == 0)
        {
            return;
        }

        burst.Messages = burst.Since == _simulation.Now ? burst.Messages + 1 : 0;
        if (burst.Messages > (2 * cluster.Settings.MaxQueuedMessagesPerPeer) + NewMessages && cluster.IsMonitored)
        {
            _simulation.Fail(
                "QueueIsBounded",
                $"{server.Id} has kept {burst.Messages} messages for {to} while its transport did not return; it may keep {cluster.Settings.MaxQueuedMessagesPerPeer}, and what it had taken before");
        }
    }

    private async Task SendSlowlyAsync(Message message, bool hangs)
    {
        PartFaults faults = Faults;
        bool hung = true;
        _sending[message.To.Value] = true;
        if (hangs)
        {
            await cluster.Hangs.WaitAsync();
        }
        else if (_simulation.Happens(faults.SendHang, "transport hangs"))
        {
            Send(message);
            await cluster.Hangs.WaitAsync();
        }
        else
        {
            hung = false;
            if (_simulation.Happens(faults.SlowSend, "slow transport"))
            {
                await server.ReturnAfterAsync(process, faults.MaxSlowSend, "transport takes a message");
                process.BeforeActing();
            }

            Send(message);
        }

        _sending[message.To.Value] = false;
        if (hung)
        {
            _bursts[message.To.Value] = (_simulation.Now, 1);
        }
    }

    private async ValueTask<DurableState> LoadSlowlyAsync()
    {
        if (_simulation.Happens(Faults.LoadHang, "loading hangs"))
        {
            await cluster.Hangs.WaitAsync();
            process.BeforeActing();
        }

        if (_simulation.Happens(Faults.LoadFault, "loading fails"))
        {
            throw server.Fail(FailingPart.Storage, "load");
        }

        return Load();
    }
}
