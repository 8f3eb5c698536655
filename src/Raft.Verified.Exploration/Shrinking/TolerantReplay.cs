using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// The tolerant replay of a schedule that another build wrote. If the schedule fits, the run is exact. Otherwise its
/// operations run in its order, as far as this build has them. The run then continues fairly to the end of the scenario
/// and of its liveness phase. Schedules of past failures stay usable in this way, while an exact replay diverges at the
/// first change of the code.
/// </summary>
public static class TolerantReplay
{
    /// <summary>Runs a schedule.</summary>
    /// <param name="program">The program that it names.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="watchdog">The watchdog that checks that steps return; null for none.</param>
    /// <exception cref="OperationCanceledException">
    /// The watchdog's <see cref="StepWatchdog.Interrupted"/> has ended the run early.
    /// </exception>
    public static TolerantOutcome Run(IExplorable program, Schedule schedule, StepWatchdog? watchdog = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(schedule);
        ScheduleHeader header = schedule.Header;
        int steps = schedule.Decisions.Count(decision => decision.IsStep);
        ReplayOutcome exact = Replayer.Replay(program, schedule, watchdog: watchdog);
        if (exact.Divergence is null && (exact.Property is null || header.HasViolation))
        {
            Schedule same = exact.Property is null || exact.Property == header.Property
                ? schedule
                : schedule with { Header = header with { Property = exact.Property, Message = exact.Message! } };
            return new TolerantOutcome(exact.Property, exact.Message, schedule.Decisions.Count, exact.Property is null ? null : same)
            {
                Run = same,
                Steps = steps,
                IsExact = true,
            };
        }

        LabelledGuide guide = new(schedule.Decisions);
        ListStrategy guided = new(guide, Replayer.DrawsFaultMix(header), goesOn: true);
        RecordingStrategy strategy = new(guided, int.MaxValue);
        ScheduleExecution execution = new(program, strategy, header.Timed, header.UnfairSteps)
        {
            Watchdog = watchdog,
            Stop = watchdog?.Interrupted ?? default,
            Beginning = (runtime, _) => strategy.Runtime = guided.Runtime = runtime,
        };
        ControlledRuntime runtime = execution.ExecuteApart().Runtime;
        execution.ThrowIfInterrupted();
        ScheduleHeader found = header with
        {
            UnfairSteps = strategy.FairFrom ?? header.UnfairSteps,
            Build = BuildFingerprint.Of(program.Assembly),
            Property = runtime.FailedProperty ?? "",
            Message = runtime.FailureMessage ?? "",
            ShrunkFrom = null,
        };
        Schedule again = Replayer.Describe(program, found, runtime.Decisions, strategy.DrawsFaultMix, isMonitored: true, out _);
        return new TolerantOutcome(runtime.FailedProperty, runtime.FailureMessage, runtime.Decisions.Count, found.HasViolation ? again : null)
        {
            Run = again,
            Steps = guide.Count,
            Skipped = guide.Count - guided.Matched,
        };
    }
}
