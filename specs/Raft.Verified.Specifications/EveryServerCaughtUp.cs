namespace Raft.Verified.Specifications;

/// <summary>Every server that runs has applied all there is.</summary>
public sealed class EveryServerCaughtUp : LivenessProperty
{
    /// <inheritdoc />
    public override string Name => nameof(EveryServerCaughtUp);

    /// <inheritdoc />
    public override string Source => "paper, sections 5.3 (\"retries ... until all followers eventually store all log entries\") and 7";

    /// <inheritdoc />
    public override string Statement => "After the faults stop, every running server has applied every committed entry.";

    /// <inheritdoc />
    public override string TlaName => "EveryServerCaughtUp";

    /// <inheritdoc />
    public override string? Unmet(ClusterView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        foreach (ServerView server in view.Servers)
        {
            if (server.IsRunning && server.AppliedIndex < view.MaxCommitted)
            {
                return $"{server.Id} has applied {server.AppliedIndex} of {view.MaxCommitted} committed entries";
            }
        }

        return null;
    }
}
