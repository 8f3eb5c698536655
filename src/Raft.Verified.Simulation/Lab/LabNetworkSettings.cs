namespace Raft.Verified.Simulation.Lab;

/// <summary>In which mode a cluster's <see cref="LabNetwork"/> begins.</summary>
public sealed record LabNetworkSettings
{
    /// <summary>See <see cref="LabNetwork.IsReliable"/>.</summary>
    public bool IsReliable { get; init; } = true;

    /// <summary>See <see cref="LabNetwork.HasLongDelays"/>. On in the labs' Raft tests, off in those of the services above it.</summary>
    public bool HasLongDelays { get; init; }
}
