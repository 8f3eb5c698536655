namespace Raft.Verified.Exploration.Runtime;

/// <summary>The number of steps that a schedule may take, in total and while virtual time stands still.</summary>
/// <param name="bounds">The bounds of the schedule.</param>
internal sealed class StepBudget(ScheduleBounds bounds)
{
    private long _instant;
    private int _stepsInInstant;
    private int _steps;

    /// <summary>The number of steps that have returned. May be read from any thread.</summary>
    public int Steps => Volatile.Read(ref _steps);

    /// <summary>True when the schedule has to become fair with the next step.</summary>
    public bool IsUnfairPhaseOver => _steps == bounds.UnfairSteps;

    /// <summary>Counts a step.</summary>
    public void Count() => _steps++;

    /// <summary>Returns the bound that the schedule exceeds, in words; null when it exceeds none.</summary>
    /// <param name="now">The virtual time, in ticks.</param>
    /// <param name="isFair">True when delays decide the order.</param>
    public string? FindExcess(long now, bool isFair)
    {
        if (now != _instant)
        {
            (_instant, _stepsInInstant) = (now, 0);
        }
        else if (isFair && ++_stepsInInstant == ScheduleBounds.MaxStepsInAnInstant)
        {
            return $"time stands still: {_stepsInInstant} fair steps in one instant";
        }

        return _steps >= bounds.TotalSteps
            ? $"the schedule did not end within {bounds.TotalSteps} steps, the last {bounds.TotalSteps - bounds.UnfairSteps} of them fair"
            : null;
    }
}
