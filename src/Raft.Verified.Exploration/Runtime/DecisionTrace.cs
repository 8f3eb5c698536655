namespace Raft.Verified.Exploration.Runtime;

/// <summary>The decisions of a schedule, the hash of its events, and the log that receives each decision.</summary>
/// <param name="log">The log that receives each decision with its label; null to save the cost.</param>
internal sealed class DecisionTrace(IDecisionLog? log)
{
    private readonly List<int> _decisions = new(4096);

    /// <summary>The decisions so far, in order.</summary>
    public IReadOnlyList<int> Decisions => _decisions;

    /// <summary>The number of decisions so far.</summary>
    public int Count => _decisions.Count;

    /// <summary>The hash of every decision, operation and event, in order.</summary>
    public EventHash Hash { get; } = new();

    /// <summary>Reports the chosen operation to the log, before the operation runs.</summary>
    public void Announce(int choice, int enabled, in PendingOperation operation, long now)
    {
        if (log is not null)
        {
            log.TimeIs(new TimeSpan(now));
            log.Choosing(choice, enabled, OperationNames.Of(in operation));
        }
    }

    /// <summary>Reports to the log that the operation has run.</summary>
    public void Ran() => log?.Ran(Hash.Value);

    /// <summary>Records a value that was drawn.</summary>
    public void Draw(int value, int bound, string what)
    {
        Decide(value, bound);
        log?.Drew(value, bound, what, Hash.Value);
    }

    /// <summary>Records a decision: which of the enabled operations runs, or a value that was drawn.</summary>
    /// <param name="value">The value, from 0.</param>
    /// <param name="bound">The number of possible values.</param>
    public void Decide(int value, int bound)
    {
        _decisions.Add(value);
        Hash.Add(((ulong)(uint)bound << 32) | (uint)value);
    }
}
