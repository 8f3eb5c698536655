namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The causes of operations: the operation that created each one, its chain of causes, and its order. Creates all
/// pending operations.
/// </summary>
internal sealed class Causality
{
    private int _chains;
    private int _chain;
    private ulong _running;
    private int _made;
    private bool _chainContinued;

    /// <summary>The number of operations that the running one has created so far.</summary>
    public int Effects { get; private set; }

    /// <summary>Returns the identity of an operation by its cause.</summary>
    /// <param name="cause">The identity of the operation that creates it.</param>
    /// <param name="effect">Its ordinal among the operations that this cause creates, from 1.</param>
    public static ulong IdentityOf(ulong cause, uint effect)
    {
        ulong mixed = (cause ^ effect) * 0x9E3779B97F4A7C15UL;
        return mixed ^ (mixed >> 32);
    }

    /// <summary>Begins an operation, which is the cause of new operations from now on.</summary>
    public void Begin(in PendingOperation operation)
    {
        _chain = operation.Chain;
        _running = operation.Identity;
        Effects = 0;
        _chainContinued = false;
    }

    /// <summary>Creates an operation whose cause is the running one.</summary>
    /// <param name="payload">The operation, or the state of the continuation.</param>
    /// <param name="owner">The process it dies with; null when it outlives all processes.</param>
    /// <param name="actor">The actor it concerns; 0 for none.</param>
    /// <param name="due">The virtual time at which it is due, in ticks.</param>
    /// <param name="continuation">The next piece of a task; null for anything else.</param>
    public PendingOperation Effect(object payload, SimulatedProcess? owner, int actor, long due, SendOrPostCallback? continuation = null) => new()
    {
        Payload = payload,
        Continuation = continuation,
        Owner = owner,
        Due = due,
        Chain = NextChain(),
        Actor = actor,
        Identity = IdentityOf(_running, (uint)++Effects),
        Order = _made++,
    };

    /// <summary>Makes the operation of a timer, which is a cause of its own: it does not continue the chain that set it.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="owner">The process that the timer dies with.</param>
    /// <param name="due">The virtual time at which it is due, in ticks.</param>
    public PendingOperation Timer(VirtualTimer timer, SimulatedProcess owner, long due) => new()
    {
        Payload = timer,
        Owner = owner,
        Due = due,
        Chain = _chains++,
        Actor = owner.Actor,
        Identity = IdentityOf(_running, (uint)++Effects),
        Order = _made++,
    };

    private int NextChain()
    {
        if (_chainContinued)
        {
            return _chains++;
        }

        _chainContinued = true;
        return _chain;
    }
}
