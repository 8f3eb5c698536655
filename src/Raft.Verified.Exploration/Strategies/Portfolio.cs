using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>The strategies by name, and the choice of strategy and clock per schedule.</summary>
public sealed class Portfolio
{
    /// <summary>The name of the mix of several strategies: the default.</summary>
    public const string Name = "portfolio";

    // One turn of the wheel. Untimed schedules reorder most; timed ones reach long sequences (log backup, snapshots) soonest.
    // Chosen among four by measurement: see Results/strategies.md of the benchmarks.
    private static readonly (string Strategy, bool Timed)[] Wheel =
    [
        ("pct", false), ("swarm", true), ("pos", false), ("pct", true),
        ("swarm", false), ("random", true), ("pct", false), ("pos", true),
    ];

    private readonly Dictionary<string, Strategy> _strategies = new()
    {
        ["random"] = new RandomStrategy(),
        ["swarm"] = new SwarmStrategy(),
        ["pct"] = new PctStrategy(),
        ["pos"] = new PosStrategy(),
        ["delay"] = new DelayStrategy(),
        ["dfs"] = new DfsStrategy(),
        [GuidedStrategy.GivenName] = new GuidedStrategy(),
    };

    private readonly string _chosen;

    /// <summary>Prepares one strategy, or all of them, for one worker.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    public Portfolio(string name)
    {
        if (!Names.Contains(name))
        {
            throw new ArgumentException($"unknown strategy '{name}'; expected one of {string.Join(", ", Names)}", nameof(name));
        }

        _chosen = name;
    }

    /// <summary>The names that users may give.</summary>
    public static IReadOnlyList<string> Names { get; } = [Name, "random", "swarm", "pct", "pos", "delay", "dfs", GuidedStrategy.GivenName];

    /// <summary>The chosen strategy if it is systematic; null otherwise.</summary>
    public SystematicStrategy? Systematic => _strategies.GetValueOrDefault(_chosen) as SystematicStrategy;

    /// <summary>Returns the strategy and the clock of a schedule.</summary>
    /// <param name="program">The program, which says in which clocks it makes sense.</param>
    /// <param name="iteration">The number of the schedule, from 0.</param>
    public (Strategy Strategy, bool Timed) For(IExplorable program, long iteration)
    {
        ArgumentNullException.ThrowIfNull(program);
        (string name, bool timed) = Wheel[iteration % Wheel.Length];
        if (_chosen != Name)
        {
            name = _chosen;

            // A search tree has one clock; the untimed one has the most choices.
            timed = Systematic is null && iteration % 2 == 1;
        }

        return (_strategies[name], timed ? program.Clocks.HasFlag(Clocks.Timed) : !program.Clocks.HasFlag(Clocks.Untimed));
    }

    /// <summary>Returns the strategy with the given name.</summary>
    /// <exception cref="ArgumentException">There is no such strategy, or the name is that of the mix.</exception>
    public Strategy Named(string name) => _strategies.TryGetValue(name, out Strategy? strategy)
        ? strategy
        : throw new ArgumentException($"unknown strategy '{name}'; expected one of {string.Join(", ", _strategies.Keys)}", nameof(name));
}
