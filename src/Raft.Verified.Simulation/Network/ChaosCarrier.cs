using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>
/// A carrier that loses, repeats, delays and reorders messages. A message that was sent before a cut still arrives
/// after it.
/// </summary>
internal sealed class ChaosCarrier(SimulatedCluster cluster, SimulatedNetwork network, ISimulation simulation, IRaftObserver observer) : IMessageCarrier
{
    /// <summary>The name of the draw that decides whether a message is lost.</summary>
    public const string Loss = "lose it";

    /// <summary>The name of the draw that decides whether a message arrives twice.</summary>
    public const string Duplication = "deliver it twice";

    private readonly long[] _received = new long[cluster.Settings.Servers + 1];

    public long TotalRequests { get; private set; }

    public long TotalBytes { get; private set; }

    public long RequestsReceived(ServerId server) => _received[server.Value];

    public void LinkChanged(ServerId from, ServerId to, bool cut)
    {
    }

    public void ServerStarted(SimulatedServer server, ISimulatedProcess process)
    {
    }

    public void ServerEnded(SimulatedServer server) => _received[server.Id.Value] = 0;

    public void Send(Message message)
    {
        if (MessageSize.IsRequest(message))
        {
            TotalRequests++;
            TotalBytes += MessageSize.Of(message);
        }

        if (network.IsCut(message.From, message.To) || IsDrawn(network.Faults.Loss, Loss))
        {
            Emit(EnvironmentEvents.MessageLost(message));
            return;
        }

        for (int copies = 0; copies < network.Faults.MaxDuplicates && IsDrawn(network.Faults.Duplication, Duplication); copies++)
        {
            Emit(EnvironmentEvents.MessageDuplicated(message));
            simulation.Post(new Delivery(this, message, "again"), DrawLatency(), null);
        }

        simulation.Post(new Delivery(this, message, ""), DrawLatency(), null);
    }

    /// <summary>Sends a message that no server has sent, or an earlier one for a second time.</summary>
    public void Insert(Message message) => simulation.Post(new Delivery(this, message, "inserted"), TimeSpan.Zero, null);

    private void Deliver(Message message)
    {
        if (cluster[message.To].Server is not { } server)
        {
            Emit(EnvironmentEvents.MessageLost(message));
            return;
        }

        if (MessageSize.IsRequest(message))
        {
            _received[message.To.Value]++;
        }
        else
        {
            TotalBytes += MessageSize.Of(message);
        }

        server.Receive(message);
    }

    // Faults are counted by draw, not by lost message: a message to a server that is down is lost without a network fault.
    private bool IsDrawn(double probability, string fault)
    {
        bool happens = simulation.Happens(probability, fault);
        network.DrawnFaults += happens ? 1 : 0;
        return happens;
    }

    private TimeSpan DrawLatency() => network.Faults.DrawLatency(simulation);

    private void Emit(in RaftEvent raftEvent) => observer.OnEvent(in raftEvent);

    /// <summary>The arrival of a message.</summary>
    internal sealed class Delivery(ChaosCarrier carrier, Message message, string copy) : Operation
    {
        /// <summary>The message that arrives.</summary>
        public Message Message => message;

        public override OperationKind Kind => OperationKind.Message;

        public override int Actor => message.To.Value;

        public override OperationSubject Subject => new(message.GetType(), message.From.Value, copy.Length);

        public override void Run() => carrier.Deliver(message);

        public override string ToString() => $"{message.From}->{message.To} {message}{(copy.Length > 0 ? $" ({copy})" : "")}";
    }
}
