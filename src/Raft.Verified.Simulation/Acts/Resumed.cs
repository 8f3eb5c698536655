namespace Raft.Verified.Simulation;

/// <summary>The end of the pause of the server's process.</summary>
public sealed record Resumed : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "resumed";
}
