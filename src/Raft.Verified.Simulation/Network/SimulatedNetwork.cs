using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation.Lab;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>
/// The network between the servers: links that can be cut one by one, in one direction or both, and a carrier for the
/// messages. The default carrier loses, repeats, delays and reorders messages; the other one is the labs' network
/// (<see cref="ClusterSettings.Lab"/>).
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

    /// <summary>The present faults of network and disks; with the lab network, of the disks only.</summary>
    public FaultMix Faults { get; set; }

    /// <summary>
    /// The lab network, for its modes, its counts, and for clients with ends of their own; null when the cluster does
    /// not use it.
    /// </summary>
    public LabNetwork? Lab { get; }

    /// <summary>
    /// The number of requests between servers; with the lab network, the number of all calls by any caller.
    /// </summary>
    public long TotalRequests => _carrier.TotalRequests;

    /// <summary>The bytes of all requests sent and of all replies delivered.</summary>
    public long TotalBytes => _carrier.TotalBytes;

    /// <summary>The number of messages that were lost or repeated by a decision.</summary>
    internal int DrawnFaults { get; set; }

    /// <summary>
    /// Returns the number of requests that have reached a server in its present life; 0 while it is down.
    /// </summary>
    public long RequestsReceived(ServerId server) => _carrier.RequestsReceived(server);

    /// <summary>Returns true when messages from one server to another are lost.</summary>
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

    /// <summary>Makes the network reliable: from now on it loses nothing and adds no long delays.</summary>
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

    /// <summary>
    /// Sends a message that no server has sent, perhaps one that no server can have sent, and records it in the event
    /// stream.
    /// </summary>
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
