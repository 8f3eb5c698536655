using Raft.Verified.Protocol;
using Raft.Verified.Storage;
using Raft.Verified.Transport;

namespace Raft.Verified.Server;

/// <summary>What a server runs in. Everything that differs between production and exploration comes in here, and nowhere else.</summary>
public sealed record RaftEnvironment
{
    /// <summary>The disk.</summary>
    public required IRaftStorage Storage { get; init; }

    /// <summary>The network.</summary>
    public required IRaftTransport Transport { get; init; }

    /// <summary>The state machine.</summary>
    public required IRaftStateMachine StateMachine { get; init; }

    /// <summary>The clock: all timers come from it.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Draws election time-outs. Used by one task.</summary>
    public required Random Random { get; init; }

    /// <summary>Starts the server's tasks.</summary>
    public required IRaftTaskStarter Tasks { get; init; }

    /// <summary>Reads the event stream.</summary>
    public IRaftObserver Observer { get; init; } = NullRaftObserver.Instance;

    /// <summary>Sees every input of the core; null for nobody.</summary>
    public IInputObserver? Inputs { get; init; }

    /// <summary>Cancelled when the server gives up on calls that have not returned.</summary>
    internal CancellationToken Abandoned { get; init; }
}
