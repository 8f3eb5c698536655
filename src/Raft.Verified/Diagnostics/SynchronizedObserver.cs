namespace Raft.Verified.Protocol;

/// <summary>
/// An observer that forwards events to another observer one at a time, each after its cause. Servers call their
/// observers from several tasks at once, so an observer with state needs this wrapper. An observer of several servers
/// needs one wrapper shared by all of them. Each event costs a lock, for which the servers' tasks wait.
/// </summary>
/// <param name="observer">The observer that needs one call at a time.</param>
public sealed class SynchronizedObserver(IRaftObserver observer) : IRaftObserver
{
    private readonly object _gate = new();

    /// <inheritdoc />
    public void OnEvent(in RaftEvent raftEvent)
    {
        lock (_gate)
        {
            observer.OnEvent(in raftEvent);
        }
    }
}
