namespace Raft.Verified.Simulation;

/// <summary>All links are mended.</summary>
public sealed record Healed : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "network healed";
}
