namespace Raft.Verified.Simulation;

/// <summary>The paused process of the server goes on.</summary>
public sealed record Resumed : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "resumed";
}
