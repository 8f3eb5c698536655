namespace Raft.Verified.ModelChecking;

/// <summary>
/// The outcome of one input to one server. It is remembered, because the same server meets the same input in many
/// states of the cluster.
/// </summary>
internal sealed class LocalStep
{
    /// <summary>The number of the local state after the step.</summary>
    public required int After { get; init; }

    /// <summary>True when the step does not change the local state.</summary>
    public required bool KeepsLocal { get; init; }

    /// <summary>The numbers of the messages that leave the server, sorted, each once.</summary>
    public required int[] Sent { get; init; }

    /// <summary>The number of the set of reads that the step serves; 0 for none.</summary>
    public required int Served { get; init; }

    /// <summary>The term in which the step makes the server the leader; 0 for none.</summary>
    public required int ElectedIn { get; init; }

    /// <summary>The property that the step violates, and a message; null for none.</summary>
    public required (string Property, string Message)? Violation { get; init; }
}
