using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>The link from the server of the event to another one is cut, in this direction.</summary>
/// <param name="To">The other server.</param>
public sealed record LinkCut(ServerId To) : ClusterAct
{
    /// <inheritdoc />
    public override string Text => $"cut off from {To} in this direction";
}
