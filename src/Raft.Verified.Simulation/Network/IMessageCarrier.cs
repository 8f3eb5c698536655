using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>A carrier of messages between servers.</summary>
internal interface IMessageCarrier
{
    /// <inheritdoc cref="SimulatedNetwork.TotalRequests"/>
    long TotalRequests { get; }

    /// <inheritdoc cref="SimulatedNetwork.TotalBytes"/>
    long TotalBytes { get; }

    /// <inheritdoc cref="SimulatedNetwork.RequestsReceived"/>
    long RequestsReceived(ServerId server);

    /// <summary>Accepts a message for delivery.</summary>
    void Send(Message message);

    /// <summary>Handles a cut or a repair of a link, or a repetition of either.</summary>
    void LinkChanged(ServerId from, ServerId to, bool cut);

    /// <summary>Handles the start of a life of a server, which is reachable from now on.</summary>
    void ServerStarted(SimulatedServer server, ISimulatedProcess process);

    /// <summary>Handles the end of a life of a server.</summary>
    void ServerEnded(SimulatedServer server);
}
