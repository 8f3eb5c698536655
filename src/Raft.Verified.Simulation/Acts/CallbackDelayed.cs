namespace Raft.Verified.Simulation;

/// <summary>The callback of a timer of the server is late.</summary>
public sealed record CallbackDelayed : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "the callback of a timer is late";
}
