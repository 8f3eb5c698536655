namespace Raft.Verified.Simulation;

/// <summary>The server is back on the labs' network.</summary>
public sealed record Connected : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "connected";
}
