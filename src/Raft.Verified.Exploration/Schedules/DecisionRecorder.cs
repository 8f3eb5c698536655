using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Schedules;

/// <summary>
/// The recorder of decisions with their labels. The values drawn by an operation follow the operation.
/// </summary>
public sealed class DecisionRecorder : IDecisionLog
{
    private readonly List<Decision> _decisions = [];
    private int _running = -1;

    /// <summary>The decisions so far.</summary>
    public IReadOnlyList<Decision> Decisions => _decisions;

    /// <summary>The number of decisions after which <see cref="End"/> is called; null for never.</summary>
    internal int? EndAt { get; init; }

    /// <summary>
    /// A callback that ends the schedule before the operation that was chosen last runs; null for none.
    /// </summary>
    internal Action? End { get; set; }

    /// <inheritdoc />
    public void Choosing(int choice, int enabled, string label)
    {
        _running = _decisions.Count;
        _decisions.Add(new Decision(true, choice, enabled, label, 0));
        EndWhenDone();
    }

    /// <inheritdoc />
    public void Ran(ulong fingerprint) => _decisions[_running] = _decisions[_running] with { Fingerprint = fingerprint };

    /// <inheritdoc />
    public void Drew(int value, int bound, string what, ulong fingerprint)
    {
        _decisions.Add(new Decision(false, value, bound, what, fingerprint));
        EndWhenDone();
    }

    private void EndWhenDone()
    {
        if (_decisions.Count == EndAt)
        {
            End?.Invoke();
        }
    }
}
