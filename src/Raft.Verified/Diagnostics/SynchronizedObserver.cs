namespace Raft.Verified.Protocol;

/// <summary>
/// Hands events to another observer one at a time, each behind its cause. Servers call their observers from several tasks at once: an observer that
/// keeps state is put behind one of these; one that reads the events of several servers, behind one for all of them. Costs a lock per event, for
/// which the servers' tasks wait.
/// </summary>
/// <param name="observer">The observer that wants one call at a time.</param>
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
