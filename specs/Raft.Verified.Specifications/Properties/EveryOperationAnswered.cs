namespace Raft.Verified.Specifications;

/// <summary>The property that no client waits for an answer.</summary>
public sealed class EveryOperationAnswered : LivenessProperty
{
    private const int MaxNamed = 10;

    /// <inheritdoc />
    public override string Name => nameof(EveryOperationAnswered);

    /// <inheritdoc />
    public override string Source => "paper, sections 5.6 and 8";

    /// <inheritdoc />
    public override string Statement => "After the faults stop, every operation that a client has called is answered.";

    /// <inheritdoc />
    public override string TlaName => "";

    /// <inheritdoc />
    public override bool IsMet(ClusterView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.OutstandingOperations.Count == 0;
    }

    /// <inheritdoc />
    protected override string Explain(ClusterView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        IReadOnlyList<ClientOperation> waiting = view.OutstandingOperations;
        string more = waiting.Count > MaxNamed ? ", ..." : "";
        return $"unanswered client operations ({waiting.Count}): {string.Join(", ", waiting.Take(MaxNamed))}{more}";
    }
}
