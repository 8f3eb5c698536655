
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
