
namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// A strategy whose schedules follow from each other, so that it runs each once and knows when all have been run. For
/// the same bound of steps, the i-th schedule is the same wherever it runs. It cannot be run without the schedules
/// before it, and so neither by several workers nor in shards. Beginning a schedule again without moving on gives the
/// same one.
/// </summary>
public abstract class SystematicStrategy : Strategy
{
    /// <summary>The number of steps to branch within when the user gives none.</summary>
    public abstract int DefaultSteps { get; }

    /// <summary>A few words on what is not tried within the bound of steps; null when nothing is left out.</summary>
    public abstract string? LeftOut { get; }

    /// <summary>
    /// The difference met when the beginning of an earlier schedule was run again; null for none. A difference means
    /// that the scenario is not deterministic and cannot be searched.
    /// </summary>
    public abstract string? Derailment { get; protected set; }

    /// <summary>Moves on to the next schedule; the first call moves to the first one.</summary>
    /// <returns>False when all schedules have been run.</returns>
    public abstract bool MoveOn();
}
