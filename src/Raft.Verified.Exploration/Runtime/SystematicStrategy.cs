
namespace Raft.Verified.Exploration.Runtime;

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
