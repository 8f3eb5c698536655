namespace Raft.Verified.Exploration.Runtime;

/// <summary>What kind of operation may run next. Strategies weigh operations by kind.</summary>
public enum OperationKind
{
    /// <summary>The next piece of a task, from one await to the next.</summary>
    Continuation,

    /// <summary>The delivery of a message.</summary>
    Message,

    /// <summary>A timer runs out.</summary>
    Timer,

    /// <summary>A disk finishes a flush.</summary>
    Disk,

    /// <summary>The scenario or the environment acts: a client, a fault.</summary>
    Environment,
}
