namespace Raft.Verified.Exploration.Runtime;

/// <summary>The decisions of a schedule and the hash of everything that happens in it, and whoever is told of each.</summary>
/// <param name="log">Told of each decision with its label; null to save the cost.</param>
internal sealed class DecisionTrace(IDecisionLog? log)
{
    private readonly List<int> _decisions = new(4096);

    /// <summary>The decisions so far, in order.</summary>
    public IReadOnlyList<int> Decisions => _decisions;

    /// <summary>The number of decisions so far.</summary>
    public int Count => _decisions.Count;

    /// <summary>The hash of every decision, operation and event, in order.</summary>
    public EventHash Hash { get; } = new();

    /// <summary>Takes down which of the enabled operations was chosen.</summary>
    public void Choose(int choice, int enabled) => Decide(choice, enabled);

    /// <summary>Tells of the operation that was chosen, before it runs.</summary>
    public void Announce(int choice, int enabled, in PendingOperation operation, long now)
    {
        if (log is not null)
        {
            log.TimeIs(new TimeSpan(now));
            log.Choosing(choice, enabled, OperationNames.Of(in operation));
        }
    }

    /// <summary>Tells that the operation has run.</summary>
    public void Ran() => log?.Ran(Hash.Value);

    /// <summary>Takes down a value that was drawn.</summary>
    public void Draw(int value, int bound, string what)
    {
        Decide(value, bound);
        log?.Drew(value, bound, what, Hash.Value);
    }

    private void Decide(int value, int bound)
    {
        _decisions.Add(value);
        Hash.Add(((ulong)(uint)bound << 32) | (uint)value);
    }
}
