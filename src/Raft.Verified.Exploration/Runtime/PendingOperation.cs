namespace Raft.Verified.Exploration.Runtime;

/// <summary>One operation that has not run yet. A task's continuation, a timer, or an <see cref="Operation"/>.</summary>
internal struct PendingOperation
{
    /// <summary>A <see cref="VirtualTimer"/>, an <see cref="Operation"/>, or what <see cref="Continuation"/> is called with.</summary>
    public object Payload;

    /// <summary>The next piece of a task; null for timers and operations.</summary>
    public SendOrPostCallback? Continuation;

    /// <summary>The process it dies with, if any.</summary>
    public SimulatedProcess? Owner;

    /// <summary>When it is due, in ticks of virtual time.</summary>
    public long Due;

    /// <summary>
    /// Which operation it is: the how-many-eth that which operation brought about. Two runs of a scenario call an operation by the same identity wherever its
    /// causes are the same, whatever else was done before, between or besides them.
    /// </summary>
    public ulong Identity;

    /// <summary>How many operations were made before it.</summary>
    public int Order;

    /// <summary>The chain of causes it belongs to (Ozkan et al., OOPSLA 2018): an operation and the first one that it brings about share one.</summary>
    public int Chain;

    /// <summary>The server it concerns; 0 for none.</summary>
    public int Actor;
}
