using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// The shrinker, which makes a schedule small that violates a property. It leaves out actors, clients, faults, steps
/// and draws, as long as a run without them violates the same property. The same schedule and build give the same
/// result, unless the time is up before.
/// </summary>
public static class Shrinker
{
    /// <summary>Shrinks a schedule until nothing more can be left out, or the time is up.</summary>
    /// <param name="program">The program that the schedule names.</param>
    /// <param name="found">The schedule.</param>
    /// <param name="options">
    /// The time limit, progress reports and cancellation; null for no limit and no reports.
    /// </param>
    /// <exception cref="ScheduleNotReproducedException">The schedule does not lead to its violation in this build.</exception>
    /// <exception cref="OperationCanceledException">The user cancelled before any schedule was reached.</exception>
    public static ShrinkResult Shrink(IExplorable program, Schedule found, ShrinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(found);
        options ??= new ShrinkOptions();
        using StepWatchdog watchdog = new(options.StepTimeout, options.Cancellation);
        CandidateRunner runner = new(program, found, watchdog);
        Reproduction reproduction = runner.RunFound() ?? throw NotReproduced(program, found, watchdog);
        using ShrinkSession session = new(program, runner, reproduction, options);
        int rounds = Run(session);

        (_, ScheduleContents before) = Describe(program, found.Header, reproduction, found);
        (Schedule schedule, ScheduleContents after) = Describe(program, found.Header, session.Smallest, found);
        if (found.Header.Property != RuntimeFindings.StepDoesNotReturn && FairEnd.Find(runner, session.Smallest, reproduction.Decisions.Count, () => session.IsUp) is { } end)
        {
            ScheduleHeader header = schedule.Header with { UnfairSteps = end.Run.UnfairSteps, Message = end.Run.Message };
            schedule = Replayer.Describe(
                program, header, [.. end.Run.Decisions.Take(end.Decisions)], end.Run.DrawsFaultMix, isMonitored: true, out bool same, goesOnFairly: true);
            after = after with { Decisions = schedule.Decisions.Count };
            if (!same)
            {
                throw NotDeterministic(header);
            }
        }

        if (schedule.Decisions.Count > found.Decisions.Count)
        {
            // The found schedule is kept: it has a fair end that the shrunk run cannot use, and so lists fewer decisions.
            (schedule, after) = (found with { Header = found.Header with { Build = schedule.Header.Build } }, before with { Decisions = found.Decisions.Count });
        }

        return new ShrinkResult(schedule, before, after, session.Runs, rounds, session.Elapsed.TotalSeconds, !session.IsOver);
    }

    private static int Run(ShrinkSession session)
    {
        int rounds = 0;
        ScheduleCost before;
        try
        {
            Passes.WithoutClock(session);
            Passes.Nothing(session);
            Passes.Cuts(session);
            do
            {
                rounds++;
                before = session.Smallest.Cost;
                Passes.Groups(session);
                Passes.Servers(session);
                Passes.Steps(session);
                Passes.Causes(session);
                Passes.Draws(session);
                Passes.FaultMix(session);
                Passes.Merge(session);
                Passes.Switches(session);
            }
            while (session.Smallest.Cost != before && !session.IsOver);
        }
        catch (OperationCanceledException) when (session.IsOver)
        {
            // The time is up: the smallest schedule so far is the result.
        }

        return rounds;
    }

    private static (Schedule Schedule, ScheduleContents Contents) Describe(
        IExplorable program, ScheduleHeader header, Reproduction reproduction, Schedule found)
    {
        bool asFound = reproduction.DrawsFaultMix == Replayer.DrawsFaultMix(header);
        ScheduleHeader shrunk = header with
        {
            Timed = reproduction.Timed,
            UnfairSteps = reproduction.UnfairSteps,
            Build = BuildFingerprint.Of(program.Assembly),
            Message = reproduction.Message,
            DrawsFaultMix = asFound ? header.DrawsFaultMix : reproduction.DrawsFaultMix,
            ShrunkFrom = header.ShrunkFrom ?? found.Decisions.Count,
        };
        Schedule schedule = Replayer.Describe(program, shrunk, reproduction.Decisions, reproduction.DrawsFaultMix, isMonitored: true, out bool same, out RunContents contents);
        if (!same || schedule.Decisions.Count != reproduction.Decisions.Count)
        {
            throw NotDeterministic(header);
        }

        int actors = reproduction.Steps.Select(step => step.Likeness.Actor).Where(actor => actor > 0).Distinct().Count();
        return (schedule, new ScheduleContents(
            schedule.Decisions.Count, contents.Faults, contents.Calls, actors, reproduction.Cost.Switches));
    }

    private static ScheduleNotReproducedException NotDeterministic(ScheduleHeader header) =>
        new($"a run that violated {header.Property} did not when it was repeated: it is not deterministic");

    private static ScheduleNotReproducedException NotReproduced(IExplorable program, Schedule found, StepWatchdog watchdog)
    {
        ReplayOutcome outcome = Replayer.Replay(program, found, watchdog: watchdog);
        return new ScheduleNotReproducedException(outcome.Divergence is { } divergence
            ? $"the schedule diverged: {divergence}"
            : $"the schedule says that it violates {found.Header.Property}; this build finds {outcome.Property ?? "nothing"}");
    }
}
