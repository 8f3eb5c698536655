using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>The division of the network into groups: servers hear only those of their own group.</summary>
/// <param name="Groups">The groups. A server in no group is alone.</param>
public sealed record Partitioned(IReadOnlyList<IReadOnlyList<ServerId>> Groups) : ClusterAct
{
    /// <inheritdoc />
    public override string Text => $"partition {string.Join(" | ", Groups.Select(group => string.Join(' ', group)))}";
}
