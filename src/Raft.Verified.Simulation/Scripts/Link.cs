using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>The link from one server to another; written <c>S1 >> S3</c>.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
public readonly record struct Link(ServerId From, ServerId To)
{
    /// <inheritdoc />
    public override string ToString() => $"{From} >> {To}";
}
