using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>What is known after a generation: schedules to go on from, and how eagerly to choose each way. Does not change any more.</summary>
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

    /// <summary>Nothing is known.</summary>
    public static Parents None { get; } = new([], [], new Yield().Weights());

    /// <summary>How many there are.</summary>
    public int Count => _parents.Count;

    /// <summary>Picks a way to make a schedule.</summary>
    public int PickWay(ref SplitMix random) => Pick(_ways, ref random);

    /// <summary>Picks one, by weight, and a moment at which it met a new state.</summary>
    /// <returns>Its decisions, and how many of them were made at that moment.</returns>
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
