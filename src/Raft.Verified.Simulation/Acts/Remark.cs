namespace Raft.Verified.Simulation;

/// <summary>A remark of a scenario on what it does.</summary>
/// <param name="What">The remark.</param>
public sealed record Remark(string What) : ClusterAct
{
    /// <inheritdoc />
    public override string Text => What;
}
