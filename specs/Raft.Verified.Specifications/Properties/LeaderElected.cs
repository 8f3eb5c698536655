using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The property that there is a leader.</summary>
public sealed class LeaderElected : LivenessProperty
{
    /// <inheritdoc />
    public override string Name => nameof(LeaderElected);

    /// <inheritdoc />
    public override string Source => "paper, sections 5.2 and 5.6; thesis, section 3.9";

    /// <inheritdoc />
    public override string Statement =>
        "After the faults stop, a running server leads in the highest term of any running server.";

    /// <inheritdoc />
    public override string TlaName => "LeaderElected";

    /// <inheritdoc />
    public override bool IsMet(ClusterView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Leader is not null;
    }

    /// <inheritdoc />
    protected override string Explain(ClusterView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return $"there is no leader: {string.Join(", ", view.Servers.Select(Describe))}";
    }

    private static string Describe(ServerView server) => server.IsRunning
        ? $"{server.Id} is {(server.Role == Role.Leader ? "leader" : server.Role == Role.Candidate ? "candidate" : "follower")} in term {server.Term}"
        : $"{server.Id} is down";
}
