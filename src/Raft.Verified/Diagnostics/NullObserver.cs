namespace Raft.Verified.Protocol;

/// <summary>An observer that looks away.</summary>
public sealed class NullObserver : IRaftObserver
{
    /// <summary>The one instance; it has no state.</summary>
    public static NullObserver Instance { get; } = new();

    /// <inheritdoc />
    public void On(in RaftEvent raftEvent)
    {
    }
}
