namespace Raft.Verified.Simulation;

/// <summary>The return of the server to the labs' network.</summary>
public sealed record Connected : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "connected";
}
