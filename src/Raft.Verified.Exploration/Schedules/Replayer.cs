using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Exploration.Schedules;

/// <summary>
/// The exact replay of a schedule's decisions, which compares the events with the file, decision by decision.
/// </summary>
public static class Replayer
{
    /// <summary>
    /// Replays a schedule. A schedule that violates nothing is reproduced when its run ends as it does on file: the
    /// outcome then has neither a violation nor a divergence.
    /// </summary>
    /// <param name="program">The program that the schedule names.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="decisions">The log that receives every decision that matches the schedule; null for none.</param>
    /// <param name="watchdog">
    /// The watchdog that checks that steps return, for which the schedule runs on another thread; null for none.
    /// </param>
    /// <exception cref="OperationCanceledException">
    /// The watchdog's <see cref="StepWatchdog.Interrupted"/> has ended the replay early.
    /// </exception>
    public static ReplayOutcome Replay(IExplorable program, Schedule schedule, IDecisionLog? decisions = null, StepWatchdog? watchdog = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(schedule);
        ScheduleHeader header = schedule.Header;
        ReplayStrategy strategy = new([.. schedule.Decisions.Select(decision => decision.Value)], DrawsFaultMix(header), schedule.Tail is not null);
        Comparison comparison = new(schedule.Decisions, schedule.Tail, header.HasViolation, decisions);
        ScheduleExecution execution = new(program, strategy, header.Timed, header.UnfairSteps)
        {
            Log = comparison,
            Watchdog = watchdog,
            Stop = watchdog?.Interrupted ?? default,
            IsRepeatedHang = header.Property == RuntimeFindings.StepDoesNotReturn,
            Beginning = (runtime, _) =>
            {
                comparison.Diverged = difference => runtime.Fail("Divergence", difference);
                comparison.HasFailed = () => runtime.FailedProperty is not null;
            },
        };
        ControlledRuntime runtime = execution.ExecuteApart().Runtime;
        execution.ThrowIfInterrupted();
        comparison.End(runtime.FailedProperty is not null);
        return comparison.Divergence is { } divergence
            ? new ReplayOutcome(null, null, divergence)
            : new ReplayOutcome(runtime.FailedProperty, runtime.FailureMessage, null);
    }

    /// <summary>Returns true when a schedule draws its mix of faults.</summary>
    internal static bool DrawsFaultMix(ScheduleHeader header) =>
        header.DrawsFaultMix ?? new Portfolio(Portfolio.Name).Named(header.Strategy).DrawsFaultMix;

    /// <summary>Runs decisions that were just made once more, to find their labels.</summary>
    internal static Schedule Describe(
        IExplorable program, ScheduleHeader header, IReadOnlyList<int> decisions, bool drawsFaultMix, bool isMonitored, out bool same, bool goesOnFairly = false) =>
        Describe(program, header, decisions, drawsFaultMix, isMonitored, out same, out _, goesOnFairly);

    /// <inheritdoc cref="Describe(IExplorable, ScheduleHeader, IReadOnlyList{int}, bool, bool, out bool, bool)"/>
    internal static Schedule Describe(
        IExplorable program, ScheduleHeader header, IReadOnlyList<int> decisions, bool drawsFaultMix, bool isMonitored, out bool same, out RunContents contents,
        bool goesOnFairly = false)
    {
        // The last step would hang again, so the run stops before it: only its label is still needed.
        bool hangs = header.Property == RuntimeFindings.StepDoesNotReturn;
        DecisionRecorder recorder = new() { EndAt = hangs ? decisions.Count : null };
        ReplayStrategy strategy = new(decisions, drawsFaultMix, goesOnFairly);
        ScheduleExecution execution = new(program, strategy, header.Timed, header.UnfairSteps)
        {
            Log = recorder,
            IsMonitored = isMonitored,
            Beginning = (runtime, _) => recorder.End = () =>
            {
                runtime.Fail(header.Property, header.Message);
                runtime.EndFromOutside(null);
            },
        };
        ControlledRuntime runtime = execution.Execute().Runtime;
        contents = execution.Run.Contents;

        // The message may differ: a state machine that answers with the time does so each time.
        same = (runtime.FailedProperty ?? "") == header.Property && !strategy.Misfit;
        return goesOnFairly && recorder.Decisions.Count > decisions.Count
            ? new Schedule(header, [.. recorder.Decisions.Take(decisions.Count)])
            {
                Tail = new FairTail(recorder.Decisions.Count - decisions.Count, runtime.EventHash),
            }
            : new Schedule(header, recorder.Decisions);
    }

    /// <summary>The comparison of decisions with those on file, which stops at the first difference.</summary>
    private sealed class Comparison(IReadOnlyList<Decision> expected, FairTail? tail, bool violates, IDecisionLog? follower) : IDecisionLog
    {
        private readonly int _all = expected.Count + (tail?.Decisions ?? 0);
        private int _next;
        private int _running;
        private ulong _last;

        public Action<string>? Diverged { get; set; }

        public Func<bool>? HasFailed { get; set; }

        public string? Divergence { get; private set; }

        public void TimeIs(TimeSpan now) => follower?.TimeIs(now);

        public void Choosing(int choice, int enabled, string label)
        {
            _running = _next;
            if (Compare(new Decision(true, choice, enabled, label, 0), compareState: false))
            {
                follower?.Choosing(choice, enabled, label);
            }
        }

        public void Ran(ulong fingerprint)
        {
            if (Divergence is not null || _running >= _all)
            {
                return;
            }

            _last = fingerprint;
            follower?.Ran(fingerprint);
            if (!violates && HasFailed?.Invoke() == true)
            {
                // The step was cut off by a violation that the file does not have.
                return;
            }

            if (_running < expected.Count && expected[_running].Fingerprint != fingerprint)
            {
                Report($"decision {_running + 1}: {expected[_running]} led to another state than the schedule says ({fingerprint:x16} instead of {expected[_running].Fingerprint:x16})");
            }
        }

        public void Drew(int value, int bound, string what, ulong fingerprint)
        {
            if (Compare(new Decision(false, value, bound, what, fingerprint), compareState: true))
            {
                follower?.Drew(value, bound, what, fingerprint);
            }
        }

        public void End(bool failed)
        {
            if (failed && !violates)
            {
                // The violation is the difference, and the outcome names it.
                return;
            }

            if (Divergence is null && _next < expected.Count)
            {
                Divergence = $"decision {_next + 1}: the schedule says {expected[_next]}; the run has already ended";
            }
            else if (Divergence is null && _next < _all)
            {
                Divergence = $"decision {_next}: the run has ended; the schedule goes on fairly, to decision {_all}";
            }
            else if (Divergence is null && tail is not null && failed && tail.Fingerprint != _last)
            {
                Divergence = $"decision {_next}: the schedule ends in another state than it says";
            }
            else if (Divergence is null && violates && !failed)
            {
                Divergence = $"decision {_next}: the schedule ends here with a violation; the run went on without one";
            }
        }

        private bool Compare(Decision actual, bool compareState)
        {
            if (Divergence is not null)
            {
                return false;
            }

            if (_next >= _all)
            {
                Report($"decision {_next + 1}: the schedule has ended; the run goes on with {actual}");
                return false;
            }

            if (_next >= expected.Count)
            {
                _next++;
                return true;
            }

            Decision wanted = expected[_next++];
            if (wanted.IsStep != actual.IsStep || wanted.Of != actual.Of || wanted.Value != actual.Value || wanted.Label != actual.Label)
            {
                Report($"decision {_next}: the schedule says {wanted}; this build does {actual}");
            }
            else if (compareState && wanted.Fingerprint != actual.Fingerprint)
            {
                Report($"decision {_next}: {wanted} led to another state than the schedule says");
            }

            return Divergence is null;
        }

        private void Report(string difference)
        {
            Divergence = difference;
            Diverged?.Invoke(difference);
        }
    }
}
