namespace Raft.Verified.Simulation;

/// <summary>A remark of a scenario on its own course.</summary>
/// <param name="What">The remark.</param>
public sealed record Remark(string What) : ClusterAct
{
    /// <inheritdoc />
    public override string Text => What;
}
