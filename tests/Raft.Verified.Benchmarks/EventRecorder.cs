using Raft.Verified.Protocol;

namespace Raft.Verified.Benchmarks;

/// <summary>Events of a run, in their order.</summary>
internal sealed class EventRecorder : IRaftObserver
{
    private readonly List<RaftEvent> _events = [];

    public void OnEvent(in RaftEvent raftEvent) => _events.Add(raftEvent);

    public void ReplayTo(IRaftObserver observer)
    {
        foreach (RaftEvent raftEvent in _events)
        {
            observer.OnEvent(in raftEvent);
        }
    }
}
