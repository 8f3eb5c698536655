using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// The knowledge after a generation: schedules to continue from, and the weight of each way. Immutable.
/// </summary>
internal sealed class Parents
{
    private readonly IReadOnlyList<Corpus.Parent> _parents;
    private readonly int[] _weights;
    private readonly int[] _ways;

    public Parents(IReadOnlyList<Corpus.Parent> parents, int[] weights, int[] ways)
    {
        _parents = parents;
        _weights = weights;
        _ways = ways;
    }

    /// <summary>The parents before the first generation: no schedules, and equal weights.</summary>
    public static Parents None { get; } = new([], [], new Yield().Weights());

    /// <summary>The number of schedules to continue from.</summary>
    public int Count => _parents.Count;

    /// <summary>Picks a way to make a schedule.</summary>
    public int PickWay(ref SplitMix random) => Pick(_ways, ref random);

    /// <summary>Picks a schedule by weight, and a moment at which it met a new state.</summary>
    /// <returns>The decisions of the schedule, and the number of them that were made at that moment.</returns>
    public (int[] Decisions, int End) Pick(ref SplitMix random)
    {
        Corpus.Parent parent = _parents[Pick(_weights, ref random)];
        return (parent.Decisions, parent.NewAt[random.Next(parent.NewAt.Length)]);
    }

    private static int Pick(int[] weights, ref SplitMix random)
    {
        int pick = random.Next(weights.Sum());
        int picked = 0;
        while (pick >= weights[picked])
        {
            pick -= weights[picked++];
        }

        return picked;
    }
}
