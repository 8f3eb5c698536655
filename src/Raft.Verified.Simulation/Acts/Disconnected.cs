namespace Raft.Verified.Simulation;

/// <summary>The server is taken off the labs' network: nothing reaches it, and nothing of it arrives.</summary>
public sealed record Disconnected : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "disconnected";
}
