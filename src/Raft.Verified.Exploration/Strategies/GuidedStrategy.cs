using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// A strategy that prefers schedules that have recently reached new abstract states. It has a few random strategies,
/// and two ways to use each. A schedule either starts from the beginning, or repeats an earlier schedule up to a state
/// that was new then ("first return, then explore": Ecoffet et al., Nature 2021). The strategy and the way are drawn by
/// the number of new states per schedule that each has recently found.
/// </summary>
/// <remarks>
/// Its decisions depend only on the seed and on the parents. An exploration passes in the parents known after the last
/// whole generation of schedules (<see cref="Corpus"/>). The i-th schedule is therefore the same on any number of
/// workers. Without parents every schedule is new from the beginning.
/// </remarks>
public sealed class GuidedStrategy : Strategy
{
    /// <summary>The name that users give.</summary>
    public const string GivenName = "guided";

    private const int Bases = 3;

    // The strategies that reach the most states on their own.
    private readonly Strategy[] _bases = [new SwarmStrategy(), new PctStrategy(), new PosStrategy()];
    private Strategy _base;
    private int[] _path = [];
    private int _end;
    private int _next;

    /// <summary>Prepares the strategy for one worker.</summary>
    public GuidedStrategy() => _base = _bases[0];

    /// <inheritdoc />
    public override string Name => GivenName;

    /// <inheritdoc />
    public override bool DrawsFaultMix => true;

    /// <inheritdoc />
    /// <remarks>All choices are seen, so that decisions can be counted.</remarks>
    public override bool SeesForcedChoices => true;

    /// <summary>
    /// The number of ways to make a schedule: each strategy from the beginning, then each of them from another
    /// schedule.
    /// </summary>
    internal const int Ways = 2 * Bases;

    /// <summary>The way in which the schedule is made.</summary>
    internal int Way { get; private set; }

    /// <summary>The parents known from earlier schedules; must be set before each schedule.</summary>
    internal Parents Parents { get; set; } = Parents.None;

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps)
    {
        SplitMix random = new(seed);
        Way = Parents.PickWay(ref random);
        if (Way >= Bases && Parents.Count == 0)
        {
            Way -= Bases;
        }

        _base = _bases[Way % Bases];
        _next = 0;
        (_path, _end) = Way < Bases ? ([], 0) : Parents.Pick(ref random);
        _base.Begin(random.Next(), servers, expectedSteps);
    }

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        return _next < _end ? Repeat(ready.Count) : ready.Count == 1 ? 0 : _base.ChooseOperation(ready, step);
    }

    /// <inheritdoc />
    public override int ChooseValue(int bound) => _next < _end ? Repeat(bound) : bound == 1 ? 0 : _base.ChooseValue(bound);

    /// <inheritdoc />
    public override bool ChooseFault(double probability) => _next < _end ? Repeat(2) == 1 : _base.ChooseFault(probability);

    // The same decisions lead to the same choices, so what was possible then is possible now.
    private int Repeat(int bound) => Math.Min(_path[_next++], bound - 1);
}
