namespace Raft.Verified.Specifications;

/// <summary>No client waits.</summary>
public sealed class EveryOperationAnswered : LivenessProperty
{
    /// <inheritdoc />
    public override string Name => nameof(EveryOperationAnswered);

    /// <inheritdoc />
    public override string Source => "paper, sections 5.6 and 8";

    /// <inheritdoc />
    public override string Statement => "After the faults stop, every operation that a client has called is answered.";

    /// <inheritdoc />
    public override string TlaName => "";

    /// <inheritdoc />
    public override string? Unmet(ClusterView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        int waiting = view.OutstandingOperations.Count;
        return waiting == 0
            ? null
            : $"{waiting} operations are not answered: {string.Join(", ", view.OutstandingOperations.Take(10))}{(waiting > 10 ? ", ..." : "")}";
    }
}
