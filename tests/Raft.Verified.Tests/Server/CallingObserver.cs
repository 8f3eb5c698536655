using Raft.Verified.Protocol;

namespace Raft.Verified.Tests.Server;

/// <summary>Does something at the first event of a kind.</summary>
internal sealed class CallingObserver(RaftEventKind kind, Action call) : IRaftObserver
{
    private bool _called;

    public void OnEvent(in RaftEvent raftEvent)
    {
        if (raftEvent.Kind == kind && !_called)
        {
            _called = true;
            call();
        }
    }
}
