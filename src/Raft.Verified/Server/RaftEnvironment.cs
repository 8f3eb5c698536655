using Raft.Verified.Protocol;
using Raft.Verified.Storage;
using Raft.Verified.Transport;

namespace Raft.Verified.Server;

/// <summary>
/// The environment of a server. It contains everything that differs between production and exploration.
/// </summary>
public sealed record RaftEnvironment
{
    /// <summary>The durable storage of the server.</summary>
    public required IRaftStorage Storage { get; init; }

    /// <summary>The transport that sends messages to other servers.</summary>
    public required IRaftTransport Transport { get; init; }

    /// <summary>The state machine that applies committed commands.</summary>
    public required IRaftStateMachine StateMachine { get; init; }

    /// <summary>The clock from which all timers come.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The source of random election timeouts. Only one task uses it.</summary>
    public required Random Random { get; init; }

    /// <summary>The starter of the server's tasks.</summary>
    public required IRaftTaskStarter Tasks { get; init; }

    /// <summary>The observer of the event stream; by default it ignores all events.</summary>
    public IRaftObserver Observer { get; init; } = NullRaftObserver.Instance;

    /// <summary>The observer of every input of the core; null when there is none.</summary>
    public IInputObserver? Inputs { get; init; }

    /// <summary>Cancelled when the server gives up on calls that have not returned.</summary>
    internal CancellationToken Abandoned { get; init; }
}
