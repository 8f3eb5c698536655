using Raft.Verified.Protocol;

namespace Raft.Verified.Tests.Server;

/// <summary>Fails at one kind of event, and when it is told that it did.</summary>
internal sealed class FailingObserver(RaftEventKind kind) : IRaftObserver
{
    public void OnEvent(in RaftEvent raftEvent)
    {
        if (raftEvent.Kind == kind || raftEvent.Kind == RaftEventKind.Faulted)
        {
            throw new NotSupportedException("the observer is broken");
        }
    }
}
