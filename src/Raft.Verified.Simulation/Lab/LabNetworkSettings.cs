namespace Raft.Verified.Simulation.Lab;

/// <summary>The initial mode of a cluster's <see cref="LabNetwork"/>.</summary>
public sealed record LabNetworkSettings
{
    /// <summary>The initial value of <see cref="LabNetwork.IsReliable"/>.</summary>
    public bool IsReliable { get; init; } = true;

    /// <summary>
    /// The initial value of <see cref="LabNetwork.HasLongDelays"/>. On in the labs' Raft tests, off in those of the
    /// services above it.
    /// </summary>
    public bool HasLongDelays { get; init; }
}
