
namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// A strategy, which makes the decisions of one schedule after another. A decision may depend only on the seed and on
/// the schedule so far. The i-th schedule of a seed is therefore the same wherever and whenever it runs, and after any
/// other schedules. There are two exceptions: a <see cref="SystematicStrategy"/> also knows the schedules before, and
/// <see cref="Strategies.GuidedStrategy"/> those of earlier generations.
/// </summary>
public abstract class Strategy
{
    /// <summary>The answer in place of a choice that ends the run here, without a verdict.</summary>
    internal const int EndRun = -1;

    /// <summary>
    /// The answer in place of a choice that makes the run fair before this step; the engine then asks again.
    /// </summary>
    internal const int BecomeFair = -2;

    /// <summary>The name that users give with <c>--strategy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>True when schedules draw their own mix of faults.</summary>
    public virtual bool DrawsFaultMix => false;

    /// <summary>True when the strategy is asked even if there is only one possibility.</summary>
    public virtual bool SeesForcedChoices => false;

    /// <summary>
    /// The readable meaning of the value about to be drawn, set before <see cref="ChooseValue"/> and
    /// <see cref="ChooseFault"/>.
    /// </summary>
    public string Drawing { get; internal set; } = "";

    /// <summary>Begins a schedule.</summary>
    /// <param name="seed">The schedule's seed.</param>
    /// <param name="servers">The number of servers, which are the actors 1 to this.</param>
    /// <param name="expectedSteps">The approximate number of steps per schedule.</param>
    public abstract void Begin(ulong seed, int servers, int expectedSteps);

    /// <summary>Chooses the operation that runs next.</summary>
    /// <param name="ready">The enabled operations; at least two.</param>
    /// <param name="step">The number of the step, from 0.</param>
    /// <returns>
    /// A position in <paramref name="ready"/>; -1 to end the schedule here, because other schedules cover what would
    /// follow.
    /// </returns>
    public abstract int ChooseOperation(ReadyOperations ready, int step);

    /// <summary>Draws a value from 0 to <paramref name="bound"/> - 1.</summary>
    public abstract int ChooseValue(int bound);

    /// <summary>Decides whether an event of this probability happens.</summary>
    public abstract bool ChooseFault(double probability);
}
