namespace Raft.Verified.Simulation;

/// <summary>The repair of all links.</summary>
public sealed record Healed : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "network healed";
}
