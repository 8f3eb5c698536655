namespace Raft.Verified.Specifications;

/// <summary>The parts that a server is given, and that may fail.</summary>
public enum FailingPart
{
    /// <summary>The transport.</summary>
    Transport,

    /// <summary>The durable storage.</summary>
    Storage,

    /// <summary>The state machine.</summary>
    StateMachine,
}
