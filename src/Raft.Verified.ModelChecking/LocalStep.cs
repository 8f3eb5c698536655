namespace Raft.Verified.ModelChecking;

/// <summary>The outcome of one input to one server: remembered, because the same server meets the same input in many states of the cluster.</summary>
internal sealed class LocalStep
{
    /// <summary>The number of the local state after it.</summary>
    public required int After { get; init; }

    /// <summary>True when that is the local state before it.</summary>
    public required bool KeepsLocal { get; init; }

    /// <summary>The numbers of the messages that leave, sorted, each once.</summary>
    public required int[] Sent { get; init; }

    /// <summary>The number of the set of reads that may look at the state machine; 0 for none.</summary>
    public required int Served { get; init; }

    /// <summary>The term whose leader the server becomes; 0 when it does not.</summary>
    public required int ElectedIn { get; init; }

    /// <summary>The property that the step breaks, and how; null for none.</summary>
    public required (string Property, string Message)? Violation { get; init; }
}
