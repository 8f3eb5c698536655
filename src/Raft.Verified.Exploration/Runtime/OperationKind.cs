namespace Raft.Verified.Exploration.Runtime;

/// <summary>The kinds of operations. Strategies weigh operations by kind.</summary>
public enum OperationKind
{
    /// <summary>The next piece of a task, from one await to the next.</summary>
    Continuation,

    /// <summary>The delivery of a message.</summary>
    Message,

    /// <summary>The expiry of a timer.</summary>
    Timer,

    /// <summary>The end of a disk's flush.</summary>
    Disk,

    /// <summary>An act of the scenario or the environment, such as a client's call or a fault.</summary>
    Environment,
}
