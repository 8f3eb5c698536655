using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Cli.Output;

/// <summary>A count of the decisions of a replay, which passes them on. Any thread may read it.</summary>
/// <param name="inner">The log that gets the decisions.</param>
/// <param name="all">The number of decisions of the schedule.</param>
internal sealed class DecisionCount(IDecisionLog inner, int all) : IDecisionLog
{
    private int _count;

    /// <inheritdoc />
    public void TimeIs(TimeSpan now) => inner.TimeIs(now);

    /// <inheritdoc />
    public void Choosing(int choice, int enabled, string label)
    {
        Volatile.Write(ref _count, _count + 1);
        inner.Choosing(choice, enabled, label);
    }

    /// <inheritdoc />
    public void Ran(ulong fingerprint) => inner.Ran(fingerprint);

    /// <inheritdoc />
    public void Drew(int value, int bound, string what, ulong fingerprint)
    {
        Volatile.Write(ref _count, _count + 1);
        inner.Drew(value, bound, what, fingerprint);
    }

    /// <summary>Says how far the replay is.</summary>
    public override string ToString() => $"replaying: {Format.Number(Volatile.Read(ref _count))} of {Format.Count(all, "decision")}";
}
