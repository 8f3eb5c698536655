namespace Raft.Verified.Simulation;

/// <summary>
/// The pause of the server's process: the network continues to deliver, but no code of the process runs.
/// </summary>
public sealed record Paused : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "paused";
}
