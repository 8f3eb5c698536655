using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The newest <see cref="CoreStatus"/>. The task that owns the core publishes it after each input, before it carries
/// out the input's effects. Every other task reads it without a lock. So a task that is handed an entry finds a status
/// that is at least as new.
/// </summary>
internal sealed class PublishedStatus(RaftCore core)
{
    private volatile CoreStatus _current = CoreStatus.Of(core);

    /// <summary>The newest status.</summary>
    public CoreStatus Current => _current;

    /// <summary>Publishes the core's present status. Called by the task that owns the core.</summary>
    public void Publish()
    {
        if (_current.Term != core.CurrentTerm || _current.Leader != core.LeaderId)
        {
            _current = CoreStatus.Of(core);
        }
    }
}
