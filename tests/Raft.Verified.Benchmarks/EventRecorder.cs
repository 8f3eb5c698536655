using Raft.Verified.Protocol;

namespace Raft.Verified.Benchmarks;

/// <summary>The first events of a run, in their order.</summary>
/// <param name="most">The number of events to keep.</param>
internal sealed class EventRecorder(int most) : IRaftObserver
{
    private readonly List<RaftEvent> _events = new(most);

    public int Count => _events.Count;

    public void OnEvent(in RaftEvent raftEvent)
    {
        if (_events.Count < most)
        {
            _events.Add(raftEvent);
        }
    }

    public void ReplayTo(IRaftObserver observer)
    {
        foreach (RaftEvent raftEvent in _events)
        {
            observer.OnEvent(in raftEvent);
        }
    }
}
