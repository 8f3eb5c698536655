namespace Raft.Verified.Simulation;

/// <summary>
/// The removal of the server from the labs' network: it receives no messages, and its own do not arrive.
/// </summary>
public sealed record Disconnected : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "disconnected";
}
