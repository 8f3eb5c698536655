
namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// Makes the decisions of one schedule after another. What it decides may depend on the seed and on the schedule so far, and on nothing else: the
/// i-th schedule of a seed is the same wherever, whenever and after whatever it runs. (A <see cref="SystematicStrategy"/> knows the schedules before, too, and
/// <see cref="Strategies.GuidedStrategy"/> those of earlier generations.)
/// </summary>
public abstract class Strategy
{
    /// <summary>Instead of a choice: the run is to end here, without a verdict.</summary>
    internal const int EndRun = -1;

    /// <summary>Instead of a choice: the run becomes fair before this step, and then asks again.</summary>
    internal const int BecomeFair = -2;

    /// <summary>The name that users give with <c>--strategy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether schedules draw their own mix of faults.</summary>
    public virtual bool DrawsFaultMix => false;

    /// <summary>Whether it is asked even where there is only one possibility.</summary>
    public virtual bool SeesForcedChoices => false;

    /// <summary>What is about to be drawn, as readable schedules say it: set before <see cref="ChooseValue"/> and <see cref="ChooseFault"/>.</summary>
    public string Drawing { get; internal set; } = "";

    /// <summary>Begins a schedule.</summary>
    /// <param name="seed">The schedule's seed.</param>
    /// <param name="servers">How many servers there are; they are the actors 1 to this.</param>
    /// <param name="expectedSteps">About how many steps a schedule has.</param>
    public abstract void Begin(ulong seed, int servers, int expectedSteps);

    /// <summary>Chooses which operation runs next.</summary>
    /// <param name="ready">The enabled operations; at least two.</param>
    /// <param name="step">The number of the step.</param>
    /// <returns>A position in <paramref name="ready"/>; -1 to end the schedule here, because what would follow has been seen in others.</returns>
    public abstract int ChooseOperation(ReadyOperations ready, int step);

    /// <summary>Draws a value from 0 to <paramref name="bound"/> - 1.</summary>
    public abstract int ChooseValue(int bound);

    /// <summary>Decides whether something of this probability happens.</summary>
    public abstract bool ChooseFault(double probability);
}

/// <summary>
/// A strategy whose schedules follow from each other, so that it runs each once and knows when all have been run. The i-th schedule is still the same
/// wherever it runs, for the same bound of steps; but it cannot be run without those before it, and so not by several workers or in shards.
/// Beginning a schedule again without moving on gives the same one.
/// </summary>
public abstract class SystematicStrategy : Strategy
{
    /// <summary>The number of steps to branch within, where the user names none.</summary>
    public abstract int DefaultSteps { get; }

    /// <summary>What is not tried within the bound of steps, in a few words; null for nothing.</summary>
    public abstract string? LeftOut { get; }

    /// <summary>
    /// What was different when the beginning of an earlier schedule was run again: then the scenario is not deterministic, and cannot be searched. Null for
    /// nothing.
    /// </summary>
    public abstract string? Derailment { get; protected set; }

    /// <summary>Moves on to the next schedule; the first time, to the first one.</summary>
    /// <returns>False when there is none: all have been run.</returns>
    public abstract bool MoveOn();
}

/// <summary>A strategy that draws values uniformly from its seed.</summary>
public abstract class RandomizedStrategy : Strategy
{
    private SplitMix _random;

    /// <summary>The schedule's randomness.</summary>
    protected ref SplitMix Random => ref _random;

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps) => _random = new SplitMix(seed);

    /// <inheritdoc />
    public override int ChooseValue(int bound) => _random.Next(bound);

    /// <inheritdoc />
    public override bool ChooseFault(double probability) => _random.Happens(probability);
}
