using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>The cut of the link from the server of the event to another one, in this direction only.</summary>
/// <param name="To">The other server.</param>
public sealed record LinkCut(ServerId To) : ClusterAct
{
    /// <inheritdoc />
    public override string Text => $"cut off from {To} in this direction";
}
