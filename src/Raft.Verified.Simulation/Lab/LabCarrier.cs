using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation.Lab;

/// <summary>
/// A carrier of Raft's messages as calls. A request opens a call on the end from sender to receiver; the reply that
/// answers it ends the call's handler. Sending never waits for the call. The ends of a server belong to one life of it,
/// so replies to an earlier life do not reach a later one.
/// </summary>
internal sealed class LabCarrier : IMessageCarrier
{
    private readonly SimulatedCluster _cluster;
    private readonly LabNetwork _network;
    private readonly IRaftObserver _observer;
    private readonly LabEnd?[,] _ends;
    private readonly LabServer?[] _lives;

    public LabCarrier(SimulatedCluster cluster, LabNetwork network, IRaftObserver observer)
    {
        _cluster = cluster;
        _network = network;
        _observer = observer;
        _ends = new LabEnd?[cluster.Settings.Servers + 1, cluster.Settings.Servers + 1];
        _lives = new LabServer?[cluster.Settings.Servers + 1];
    }

    public long TotalRequests => _network.TotalCalls;

    public long TotalBytes => _network.TotalBytes;

    public long RequestsReceived(ServerId server) => _lives[server.Value]?.IncomingCalls ?? 0;

    public void LinkChanged(ServerId from, ServerId to, bool cut)
    {
        if (_ends[from.Value, to.Value] is { } end)
        {
            end.IsEnabled = !cut;
        }
    }

    public void ServerStarted(SimulatedServer server, ISimulatedProcess process)
    {
        ServerId id = server.Id;
        _lives[id.Value] = _network.Register(id.ToString(), server, process, id.Value);
        foreach (ServerId peer in _cluster.ServerIds)
        {
            if (peer != id)
            {
                LabEnd end = _network.CreateEnd(id.ToString(), peer.ToString(), id.Value);
                end.IsEnabled = !_cluster.Network.IsCut(id, peer);
                _ends[id.Value, peer.Value] = end;
            }
        }
    }

    public void ServerEnded(SimulatedServer server)
    {
        int id = server.Id.Value;
        _network.Remove(server.Id.ToString());
        _lives[id] = null;
        foreach (ServerId peer in _cluster.ServerIds)
        {
            if (_ends[id, peer.Value] is { } end)
            {
                end.IsEnabled = false;
                _ends[id, peer.Value] = null;
            }
        }
    }

    public void Send(Message message)
    {
        if (!MessageSize.IsRequest(message))
        {
            Answer(message);
        }
        else if (_ends[message.From.Value, message.To.Value] is { } end)
        {
            new LabRaftCall(this, _network, end, message, _cluster[message.From], _cluster[message.To]).Begin(MessageSize.Of(message));
        }
        else
        {
            Lost(message);
        }
    }

    public void Lost(Message message) => _observer.OnEvent(EnvironmentEvents.MessageLost(message));

    // Ends the oldest call that the reply may answer, because a server answers equal requests in the order of arrival.
    private void Answer(Message reply)
    {
        if (_lives[reply.From.Value] is { } life)
        {
            IReadOnlyList<LabCall> running = life.Running;
            for (int i = 0; i < running.Count; i++)
            {
                if (running[i] is LabRaftCall call && call.IsAnsweredBy(reply))
                {
                    call.Answer(reply);
                    return;
                }
            }
        }

        Lost(reply);
    }
}
