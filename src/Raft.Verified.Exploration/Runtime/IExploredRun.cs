namespace Raft.Verified.Exploration.Runtime;

/// <summary>One run of a program, in one schedule. The engine calls all members between steps, on the schedule's thread.</summary>
public interface IExploredRun
{
    /// <summary>The goals that were reached, as bits in the order of <see cref="IExplorable.GoalNames"/>.</summary>
    ulong GoalsReached => 0;

    /// <summary>The cost of the program's body; null while it has not ended, and for a program that does not measure it.</summary>
    RunFigures? Figures => null;

    /// <summary>
    /// A fingerprint of the state after the last step, in which equivalent states are equal. Read after each step with <see cref="RunOptions.CollectsCoverage"/>;
    /// 0 when the step cannot have changed it.
    /// </summary>
    ulong AbstractState => 0;

    /// <summary>
    /// The counts of events in the run, in the program's own order. Read once at its end, with
    /// <see cref="RunOptions.CollectsCoverage"/>.
    /// </summary>
    int[] Counts => [];

    /// <summary>The faults and the calls of clients so far, as users would count them in a schedule.</summary>
    RunContents Contents => default;

    /// <summary>Runs the program to its end. A schedule ends with the task, or with the first violation.</summary>
    Task RunAsync();

    /// <summary>Called after each step.</summary>
    void AfterStep()
    {
    }

    /// <summary>Called when the schedule is too long.</summary>
    /// <returns>
    /// The property that names the reason, and a message on the work that repeats itself; null when they are unknown.
    /// </returns>
    (string Property, string Message)? FindRepetition() => null;
}
