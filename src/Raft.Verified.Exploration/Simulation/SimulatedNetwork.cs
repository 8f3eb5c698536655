using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;

namespace Raft.Verified.Exploration.Simulation;

/// <summary>
/// The network between the servers: loses, repeats, delays and reorders messages, and can be cut link by link, in one direction or both.
/// A message that was sent before a cut still arrives after it.
/// </summary>
public sealed class SimulatedNetwork
{
    private readonly SimulatedCluster _cluster;
    private readonly ISimulation _simulation;
    private readonly IRaftObserver _observer;
    private readonly bool[] _cut;
    private readonly int _servers;

    internal SimulatedNetwork(SimulatedCluster cluster, ISimulation simulation, IRaftObserver observer, int servers)
    {
        _cluster = cluster;
        _simulation = simulation;
        _observer = observer;
        _servers = servers;
        _cut = new bool[(servers + 1) * (servers + 1)];
    }

    /// <summary>How unreliable it is now.</summary>
    public FaultMix Faults { get; set; } = FaultMix.Reliable;

    /// <summary>Whether messages from one server to another are lost.</summary>
    public bool IsCut(ServerId from, ServerId to) => _cut[Link(from, to)];

    /// <summary>Cuts the link in one direction.</summary>
    public void Cut(ServerId from, ServerId to) => _cut[Link(from, to)] = true;

    /// <summary>Mends the link in one direction.</summary>
    public void Mend(ServerId from, ServerId to) => _cut[Link(from, to)] = false;

    /// <summary>Mends all links.</summary>
    public void MendAll() => Array.Clear(_cut);

    /// <summary>Puts a message on its way that no server sent, or one for a second time.</summary>
    internal void Insert(Message message) => _simulation.Post(new Delivery(this, message, "inserted"), TimeSpan.Zero, null);

    internal void Send(Message message)
    {
        if (IsCut(message.From, message.To) || _simulation.Happens(Faults.Loss, "lose it"))
        {
            Emit(RaftEventKind.MessageLost, message);
            return;
        }

        if (_simulation.Happens(Faults.Duplication, "deliver it twice"))
        {
            Emit(RaftEventKind.MessageDuplicated, message);
            _simulation.Post(new Delivery(this, message, "again"), DrawLatency(), null);
        }

        _simulation.Post(new Delivery(this, message, ""), DrawLatency(), null);
    }

    private int Link(ServerId from, ServerId to) => (from.Value * (_servers + 1)) + to.Value;

    private TimeSpan DrawLatency()
    {
        if (!_simulation.IsTimed)
        {
            return TimeSpan.FromMilliseconds(Faults.MinLatency);
        }

        int latency = _simulation.Happens(Faults.LongDelay, "delay it")
            ? _simulation.Choose(Faults.MaxLongDelay, "ms of delay")
            : _simulation.Choose(Faults.MaxLatency - Faults.MinLatency + 1, "ms of latency");
        return TimeSpan.FromMilliseconds(Faults.MinLatency + latency);
    }

    private void Emit(RaftEventKind kind, Message message)
    {
        RaftEvent raftEvent = new() { Kind = kind, Server = message.From, Term = message.Term, Peer = message.To, Subject = message };
        _observer.On(in raftEvent);
    }

    /// <summary>The arrival of a message.</summary>
    internal sealed class Delivery(SimulatedNetwork network, Message message, string copy) : Operation
    {
        /// <summary>The message that arrives.</summary>
        public Message Message => message;

        public override OperationKind Kind => OperationKind.Message;

        public override int Actor => message.To.Value;

        public override void Run()
        {
            if (network._cluster[message.To].Server is { } server)
            {
                server.Receive(message);
            }
            else
            {
                network.Emit(RaftEventKind.MessageLost, message);
            }
        }

        public override string ToString() => $"{message.From}->{message.To} {message}{(copy.Length > 0 ? $" ({copy})" : "")}";
    }
}
