namespace Raft.Verified.Protocol;

/// <summary>Reads the event stream. Must be quick and must not call back into the server; an exception from it stops the server.</summary>
/// <remarks>
/// Called on the task that makes the change, next to the change. A server has several tasks, and so calls may come at the same time: from the
/// protocol core, the applier, the sender to each peer and the storage, and from a caller whom a server that has ended refuses. The events of one
/// task come in order, and an event's cause comes before it, also across tasks and servers: a message is sent before it is received, an entry
/// committed before it is applied. Beyond that, the order between tasks says nothing. An observer that needs one call at a time goes behind a
/// <see cref="SynchronizedObserver"/>. The server has no such lock of its own: most observers need none, and the core would wait for it at every event.
/// </remarks>
public interface IRaftObserver
{
    /// <summary>Tells of one event.</summary>
    /// <param name="raftEvent">The event.</param>
    void OnEvent(in RaftEvent raftEvent);
}
