namespace Raft.Verified.Protocol;

/// <summary>An observer that looks away.</summary>
public sealed class NullRaftObserver : IRaftObserver
{
    /// <summary>The one instance; it has no state.</summary>
    public static NullRaftObserver Instance { get; } = new();

    /// <inheritdoc />
    public void OnEvent(in RaftEvent raftEvent)
    {
    }
}
