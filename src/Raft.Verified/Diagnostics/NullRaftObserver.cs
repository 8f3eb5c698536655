namespace Raft.Verified.Protocol;

/// <summary>An observer that ignores all events.</summary>
public sealed class NullRaftObserver : IRaftObserver
{
    /// <summary>The single instance, which has no state.</summary>
    public static NullRaftObserver Instance { get; } = new();

    /// <inheritdoc />
    public void OnEvent(in RaftEvent raftEvent)
    {
    }
}
