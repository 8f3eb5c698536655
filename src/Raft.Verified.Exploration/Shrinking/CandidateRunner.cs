using System.Text.RegularExpressions;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>The runner of candidates, which selects those that violate the property.</summary>
internal sealed partial class CandidateRunner
{
    private readonly IExplorable _program;
    private readonly Schedule _found;
    private readonly int _unfairSteps;
    private readonly StepWatchdog _watchdog;
    private readonly string? _message;

    public CandidateRunner(IExplorable program, Schedule found, StepWatchdog watchdog)
    {
        _watchdog = watchdog;
        _program = program;
        _found = found;
        _unfairSteps = Math.Max(found.Header.UnfairSteps, found.Decisions.Count + 1);

        // Many different faults share one property, so the message without its numbers counts, too.
        _message = found.Header.Property == RuntimeFindings.NoFault ? WithoutNumbers(found.Header.Message) : null;
        GoesOn = found.Header.Property == RuntimeFindings.Deadlock || program.IsEventual(found.Header.Property);
    }

    /// <summary>
    /// True when the violation is that something does not happen, so that the run has to continue to its fair end.
    /// </summary>
    public bool GoesOn { get; }

    /// <summary>The number of threads that were abandoned, because a step on them did not return.</summary>
    public int LostThreads { get; private set; }

    /// <summary>A token that ends candidates before they are complete.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>Runs the schedule as it was found.</summary>
    /// <returns>The reproduction; null when this build does not find the violation by the schedule.</returns>
    public Reproduction? RunFound()
    {
        int decisions = _found.Decisions.Count + (_found.Tail?.Decisions ?? 0);
        ReplayStrategy replay = new(
            [.. _found.Decisions.Select(decision => decision.Value)], Replayer.DrawsFaultMix(_found.Header), _found.Tail is not null);
        RecordingStrategy strategy = new(replay, decisions + 1);
        Reproduction? reproduction = Run(strategy, _found.Header.Timed, _found.Header.UnfairSteps);
        return replay.Misfit || reproduction?.Decisions.Count != decisions ? null : reproduction;
    }

    /// <summary>Runs steps as far as they exist.</summary>
    /// <param name="steps">The steps to run, in order.</param>
    /// <param name="timed">True when delays decide the order.</param>
    /// <param name="drawsFaultMix">True when the schedule draws its mix of faults.</param>
    /// <param name="maxDecisions">The limit on decisions, at which the run is ended.</param>
    /// <returns>The run up to the violation; null without one.</returns>
    public Reproduction? Run(IReadOnlyList<RecordedStep> steps, bool timed, bool drawsFaultMix, int maxDecisions)
    {
        ListStrategy guided = new(new RecordedGuide(steps), drawsFaultMix, GoesOn, Stop);
        return Run(new RecordingStrategy(guided, maxDecisions), timed, _unfairSteps, guided);
    }

    /// <summary>Makes the first decisions of a run again, and continues fairly.</summary>
    /// <param name="smallest">The run to repeat.</param>
    /// <param name="steps">The number of its steps to repeat; at least 1 when it is untimed.</param>
    /// <param name="decisions">The number of decisions in those steps.</param>
    /// <param name="maxDecisions">The limit on decisions, at which the run is ended.</param>
    /// <returns>The run up to the violation; null without one.</returns>
    public Reproduction? RunThenFairly(Reproduction smallest, int steps, int decisions, int maxDecisions)
    {
        ReplayStrategy replay = new([.. smallest.Decisions.Take(decisions)], smallest.DrawsFaultMix, goesOnFairly: true);
        Reproduction? reproduction = Run(new RecordingStrategy(replay, maxDecisions), smallest.Timed, smallest.Timed ? smallest.UnfairSteps : steps);
        return replay.Misfit ? null : reproduction;
    }

    private Reproduction? Run(RecordingStrategy strategy, bool timed, int unfairSteps, ListStrategy? guided = null)
    {
        ScheduleExecution execution = new(_program, strategy, timed, unfairSteps)
        {
            Watchdog = _watchdog,
            Stop = Stop,
            IsRepeatedHang = _found.Header.Property == RuntimeFindings.StepDoesNotReturn,
            Beginning = (runtime, _) =>
            {
                strategy.Runtime = runtime;
                if (guided is not null)
                {
                    guided.Runtime = runtime;
                }
            },
        };
        ControlledRuntime runtime = execution.ExecuteApart(() => LostThreads++).Runtime;
        if (runtime.FailedProperty != _found.Header.Property || (_message is not null && WithoutNumbers(runtime.FailureMessage!) != _message))
        {
            return null;
        }

        return new Reproduction(
            strategy.Steps(), runtime.Decisions, timed, strategy.DrawsFaultMix, strategy.FairFrom ?? unfairSteps, runtime.FailureMessage!, GoesOn);
    }

    private static string WithoutNumbers(string message) => Numbers().Replace(message, "0");

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
