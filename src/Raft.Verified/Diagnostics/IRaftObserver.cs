namespace Raft.Verified.Protocol;

/// <summary>
/// Reads the event stream. An observer must be quick and must not call back into the server. An exception from it stops
/// the server.
/// </summary>
/// <remarks>
/// The observer is called on the task that makes the change, next to the change. Calls may be concurrent, because a
/// server has several tasks: the protocol core, the applier, the storage and a sender per peer. A stopped server also
/// reports refusals on the caller's task. The events of one task come in order. An event's cause comes before the
/// event, also across tasks and servers. For example, a message is sent before it is received, and an entry is
/// committed before it is applied. No other order between tasks is guaranteed. Wrap an observer that needs one call at
/// a time in a <see cref="SynchronizedObserver"/>. The server itself takes no such lock: most observers need none, and
/// the core would wait for the lock at every event.
/// </remarks>
public interface IRaftObserver
{
    /// <summary>Receives one event.</summary>
    /// <param name="raftEvent">The event.</param>
    void OnEvent(in RaftEvent raftEvent);
}
