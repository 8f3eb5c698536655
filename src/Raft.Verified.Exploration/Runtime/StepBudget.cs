namespace Raft.Verified.Exploration.Runtime;

/// <summary>The number of steps that a schedule may take, altogether and while time stands still.</summary>
/// <param name="bounds">The bounds.</param>
internal sealed class StepBudget(ScheduleBounds bounds)
{
    private long _instant;
    private int _stepsInInstant;
    private int _steps;

    /// <summary>The number of steps that have returned. May be asked from any thread.</summary>
    public int Steps => Volatile.Read(ref _steps);

    /// <summary>Whether the schedule has to become fair with the next step.</summary>
    public bool IsUnfairPhaseOver => _steps == bounds.UnfairSteps;

    /// <summary>Counts a step.</summary>
    public void Count() => _steps++;

    /// <summary>Returns what is too long about the schedule; null for nothing.</summary>
    /// <param name="now">Virtual time, in ticks.</param>
    /// <param name="isFair">Whether delays decide the order.</param>
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
