namespace Raft.Verified.Exploration.Runtime;

/// <summary>An operation that has not run yet: a task's continuation, a timer, or an <see cref="Operation"/>.</summary>
internal struct PendingOperation
{
    /// <summary>
    /// A <see cref="VirtualTimer"/>, an <see cref="Operation"/>, or the argument of <see cref="Continuation"/>.
    /// </summary>
    public object Payload;

    /// <summary>The next piece of a task; null for timers and operations.</summary>
    public SendOrPostCallback? Continuation;

    /// <summary>The process it dies with; null when it outlives all processes.</summary>
    public SimulatedProcess? Owner;

    /// <summary>The time at which it is due, in ticks of virtual time.</summary>
    public long Due;

    /// <summary>
    /// The identity of the operation, made from its cause and its ordinal among the operations that this cause created.
    /// Wherever the causes are equal, two runs of a scenario give an operation the same identity. Other operations
    /// before, between or beside the causes do not matter.
    /// </summary>
    public ulong Identity;

    /// <summary>The number of operations that were created before it.</summary>
    public int Order;

    /// <summary>
    /// The chain of causes it belongs to (Ozkan et al., OOPSLA 2018). An operation and the first one that it creates
    /// share a chain.
    /// </summary>
    public int Chain;

    /// <summary>The server that it concerns; 0 for none.</summary>
    public int Actor;
}
