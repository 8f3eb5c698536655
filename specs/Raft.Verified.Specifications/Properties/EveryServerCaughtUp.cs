using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The property that every running server has applied all committed entries.</summary>
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
    public override bool IsMet(ClusterView view) => FirstBehind(view) is null;

    /// <inheritdoc />
    protected override string Explain(ClusterView view)
    {
        ServerView? server = FirstBehind(view);
        return $"{server?.Id} has applied {server?.AppliedIndex} of {view.MaxCommitted} committed entries";
    }

    private static ServerView? FirstBehind(ClusterView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        for (int id = 1; id <= view.Servers.Count; id++)
        {
            ServerView server = view[new ServerId(id)];
            if (server.IsRunning && server.AppliedIndex < view.MaxCommitted)
            {
                return server;
            }
        }

        return null;
    }
}
