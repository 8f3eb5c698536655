using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>How messages get from server to server.</summary>
internal interface IMessageCarrier
{
    /// <inheritdoc cref="SimulatedNetwork.TotalRequests"/>
    long TotalRequests { get; }

    /// <inheritdoc cref="SimulatedNetwork.TotalBytes"/>
    long TotalBytes { get; }

    /// <inheritdoc cref="SimulatedNetwork.RequestsReceived"/>
    long RequestsReceived(ServerId server);

    /// <summary>Takes a message off the sender's hands.</summary>
    void Send(Message message);

    /// <summary>A link was cut or mended, or stays as it was.</summary>
    void LinkChanged(ServerId from, ServerId to, bool cut);

    /// <summary>A new life of a server begins: it can be reached.</summary>
    void ServerStarted(SimulatedServer server, ISimulatedProcess process);

    /// <summary>A life of a server has ended.</summary>
    void ServerEnded(SimulatedServer server);
}
