namespace Raft.Verified.Simulation;

/// <summary>The process of the server is paused: the network goes on delivering, nothing in the process runs.</summary>
public sealed record Paused : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "paused";
}
