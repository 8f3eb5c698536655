namespace Raft.Verified.Simulation;

/// <summary>A late callback of a timer of the server.</summary>
public sealed record CallbackDelayed : ClusterAct
{
    /// <inheritdoc />
    public override string Text => "the callback of a timer is late";
}
