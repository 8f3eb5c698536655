using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation.Lab;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>
/// The network between the servers: links that can be cut one by one, in one direction or both, and a carrier for the messages: one that
/// loses, repeats, delays and reorders them as it likes, or that of the labs (<see cref="ClusterSettings.Lab"/>).
/// </summary>
public sealed class SimulatedNetwork
{
    private readonly IMessageCarrier _carrier;
    private readonly bool[] _cut;
    private readonly int _servers;
    private readonly IRaftObserver _observer;

    internal SimulatedNetwork(SimulatedCluster cluster, ISimulation simulation, IRaftObserver observer)
    {
        _observer = observer;
        _servers = cluster.Settings.Servers;
        _cut = new bool[(_servers + 1) * (_servers + 1)];
        Faults = cluster.Settings.Faults.Draw(simulation);
        if (cluster.Settings.Lab is { } lab)
        {
            Lab = new LabNetwork(simulation) { IsReliable = lab.IsReliable, HasLongDelays = lab.HasLongDelays };
            _carrier = new LabCarrier(cluster, Lab, observer);
        }
        else
        {
            _carrier = new ChaosCarrier(cluster, this, simulation, observer);
        }
    }

    /// <summary>How unreliable network and disks are now. On the lab network: the disks only.</summary>
    public FaultMix Faults { get; set; }

    /// <summary>The lab network, for its modes, its counts, and for clients with ends of their own; null when the cluster has the other one.</summary>
    public LabNetwork? Lab { get; }

    /// <summary>How many requests the servers have sent to each other; on the lab network: how many calls were made, whoever made them.</summary>
    public long TotalRequests => _carrier.TotalRequests;

    /// <summary>The bytes of all requests sent and of all replies delivered.</summary>
    public long TotalBytes => _carrier.TotalBytes;

    /// <summary>The number of messages that were lost or repeated because a decision said so.</summary>
    internal int DrawnFaults { get; set; }

    /// <summary>How many requests have reached a server in its present life; 0 while it is down.</summary>
    public long RequestsReceived(ServerId server) => _carrier.RequestsReceived(server);

    /// <summary>Whether messages from one server to another are lost.</summary>
    public bool IsCut(ServerId from, ServerId to) => _cut[Link(from, to)];

    /// <summary>Cuts the link in one direction.</summary>
    public void Cut(ServerId from, ServerId to) => SetCut(from, to, true);

    /// <summary>Mends the link in one direction.</summary>
    public void Mend(ServerId from, ServerId to) => SetCut(from, to, false);

    /// <summary>Mends all links.</summary>
    public void MendAll()
    {
        for (int from = 1; from <= _servers; from++)
        {
            for (int to = 1; to <= _servers; to++)
            {
                Mend(new ServerId(from), new ServerId(to));
            }
        }
    }

    /// <summary>Loses nothing any more, and delays nothing unduly.</summary>
    public void BecomeReliable()
    {
        if (Lab is null)
        {
            Faults = FaultMix.Reliable;
        }
        else
        {
            Faults = Faults with { SlowFlush = 0, LateTimer = 0, Parts = PartFaults.None };
            Lab.IsReliable = true;
            Lab.HasLongReordering = false;
        }
    }

    /// <summary>Puts a message on its way that no server has sent, perhaps one that none can have sent, and says so in the event stream.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="InvalidOperationException">The cluster is on the lab network, where a message belongs to a call.</exception>
    public void Forge(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _observer.OnEvent(EnvironmentEvents.Acted(message.To, new ForgedMessage(message)));
        Insert(message);
    }

    /// <inheritdoc cref="ChaosCarrier.Insert"/>
    /// <exception cref="InvalidOperationException">The cluster is on the lab network, where a message belongs to a call.</exception>
    internal void Insert(Message message)
    {
        if (_carrier is not ChaosCarrier chaos)
        {
            throw new InvalidOperationException($"{message} cannot be put on the lab network: there, a message belongs to a call");
        }

        chaos.Insert(message);
    }

    internal void Send(Message message) => _carrier.Send(message);

    internal void ServerStarted(SimulatedServer server, ISimulatedProcess process) => _carrier.ServerStarted(server, process);

    internal void ServerEnded(SimulatedServer server) => _carrier.ServerEnded(server);

    private int Link(ServerId from, ServerId to) => (from.Value * (_servers + 1)) + to.Value;

    private void SetCut(ServerId from, ServerId to, bool cut)
    {
        _cut[Link(from, to)] = cut;
        _carrier.LinkChanged(from, to, cut);
    }
}
