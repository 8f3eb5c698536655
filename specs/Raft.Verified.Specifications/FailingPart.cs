namespace Raft.Verified.Specifications;

/// <summary>The parts of a server's environment that may fail.</summary>
public enum FailingPart
{
    /// <summary>The transport.</summary>
    Transport,

    /// <summary>The durable storage.</summary>
    Storage,

    /// <summary>The state machine.</summary>
    StateMachine,
}
