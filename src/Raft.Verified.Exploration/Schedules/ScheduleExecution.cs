using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Schedules;

/// <summary>One execution of a program under a strategy: the only place where program, strategy and runtime meet.</summary>
/// <param name="program">The program.</param>
/// <param name="strategy">The strategy, which has begun this schedule.</param>
/// <param name="timed">True when delays decide the order.</param>
/// <param name="unfairSteps">The number of steps after which an untimed schedule becomes fair.</param>
internal sealed class ScheduleExecution(IExplorable program, Strategy strategy, bool timed, int unfairSteps)
{
    private CoverageRecorder? _recorder;

    /// <summary>The strategy.</summary>
    public Strategy Strategy => strategy;

    /// <summary>True when delays decide the order.</summary>
    public bool Timed => timed;

    /// <summary>The log that receives each decision; null for none.</summary>
    public IDecisionLog? Log { get; init; }

    /// <summary>The watchdog that checks that steps return; null for none.</summary>
    public StepWatchdog? Watchdog { get; init; }

    /// <summary>A token that ends the schedule before it is complete.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>True when the schedule was seen before, and one of its steps did not return.</summary>
    public bool IsRepeatedHang { get; init; }

    /// <summary>True when properties are checked.</summary>
    public bool IsMonitored { get; init; } = true;

    /// <summary>
    /// The abstract states that were met before, to which this schedule adds its own; null when coverage is not
    /// collected.
    /// </summary>
    public StateSet? KnownStates { get; init; }

    /// <summary>The callback before the first step, with the runtime and the run; null for none.</summary>
    public Action<ControlledRuntime, IExploredRun>? Beginning { get; init; }

    /// <summary>The runtime; set once the execution has begun.</summary>
    public ControlledRuntime Runtime { get; private set; } = null!;

    /// <summary>The run of the program; set once the execution has begun.</summary>
    public IExploredRun Run { get; private set; } = null!;

    /// <summary>Executes the schedule on this thread.</summary>
    /// <returns>This execution.</returns>
    public ScheduleExecution Execute()
    {
        // A runtime belongs to the thread that creates it.
        ControlledRuntime runtime = new(strategy, timed, ScheduleBounds.FromUnfairSteps(unfairSteps), Log)
        {
            Stop = Stop,
            Watchdog = Watchdog,
            IsRepeatedHang = IsRepeatedHang,
            Identity = program.Identity,
        };
        Runtime = runtime;
        IExploredRun run = program.Begin(runtime, new RunOptions(IsMonitored, KnownStates is not null));
        Run = run;
        runtime.FindRepetition = run.FindRepetition;
        if (KnownStates is { } known)
        {
            _recorder = new CoverageRecorder(run, runtime.Decisions, known);
            runtime.AfterStep = _recorder.AfterStep;
        }
        else
        {
            runtime.AfterStep = run.AfterStep;
        }

        Beginning?.Invoke(runtime, run);
        runtime.Run(run.RunAsync);
        return this;
    }

    /// <summary>Executes the schedule; with a watchdog on a thread of its own, which may be abandoned.</summary>
    /// <param name="lost">
    /// The callback when the thread was abandoned, because a step on it did not return; null for none.
    /// </param>
    /// <returns>This execution.</returns>
    public ScheduleExecution ExecuteApart(Action? lost = null)
    {
        if (Watchdog is null)
        {
            return Execute();
        }

        if (!Watchdog.RunApart(() => Execute()))
        {
            lost?.Invoke();
        }

        return this;
    }

    /// <summary>
    /// Returns the coverage of the schedule; null when it is not collected. Must be called at most once.
    /// </summary>
    public ScheduleCoverage? TakeCoverage() => _recorder?.Take();

    /// <summary>Throws when the watchdog's user has ended the schedule early.</summary>
    public void ThrowIfInterrupted()
    {
        if (Runtime.IsAbandoned)
        {
            Watchdog?.Interrupted.ThrowIfCancellationRequested();
        }
    }
}
