using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Simulation;
using Raft.Verified.Protocol;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// Makes a schedule small that violates a property: leaves out servers, clients, faults, steps and draws, as long as a run without them violates the same property.
/// Deterministic: the same schedule and build give the same result, unless the time is up before.
/// </summary>
public static class Shrinker
{
    /// <summary>Shrinks a schedule until nothing more can be left out, or the time is up.</summary>
    /// <param name="scenario">The scenario that the schedule names.</param>
    /// <param name="found">The schedule.</param>
    /// <param name="options">How long, and who is told; null for no limit and nobody.</param>
    /// <exception cref="ScheduleNotReproducedException">The schedule does not lead to its violation in this build.</exception>
    /// <exception cref="OperationCanceledException">The user did not want to wait, and nothing had been reached.</exception>
    public static ShrinkResult Shrink(Scenario scenario, Schedule found, ShrinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(found);
        options ??= new ShrinkOptions();
        using StepWatchdog watchdog = new(options.StepTimeout, options.Cancellation);
        CandidateRunner runner = new(scenario, found, watchdog);
        Reproduction reproduction = runner.RunFound() ?? throw NotReproduced(scenario, found, watchdog);
        using ShrinkSession session = new(scenario, runner, reproduction, options);
        int rounds = Run(session);

        (_, ScheduleContents before) = Describe(scenario, found.Header, reproduction, found);
        (Schedule schedule, ScheduleContents after) = Describe(scenario, found.Header, session.Smallest, found);
        if (found.Header.Property != RuntimeFindings.StepDoesNotReturn && FairEnd.Find(runner, session.Smallest, reproduction.Decisions.Count, () => session.IsUp) is { } end)
        {
            ScheduleHeader header = schedule.Header with { UnfairSteps = end.Run.UnfairSteps, Message = end.Run.Message };
            schedule = Replayer.Describe(
                scenario, header, [.. end.Run.Decisions.Take(end.Decisions)], end.Run.DrawsFaultMix, isMonitored: true, out bool same, goesOnFairly: true);
            after = after with { Decisions = schedule.Decisions.Count };
            if (!same)
            {
                throw NotDeterministic(header);
            }
        }

        if (schedule.Decisions.Count > found.Decisions.Count)
        {
            // It had a fair end, which a shorter run as a whole cannot do with.
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
            // What was reached counts.
        }

        return rounds;
    }

    private static (Schedule Schedule, ScheduleContents Contents) Describe(
        Scenario scenario, ScheduleHeader header, Reproduction reproduction, Schedule found)
    {
        bool asFound = reproduction.DrawsFaultMix == Replayer.DrawsFaultMix(header);
        ScheduleHeader shrunk = header with
        {
            Timed = reproduction.Timed,
            UnfairSteps = reproduction.UnfairSteps,
            Build = BuildFingerprint.Of(scenario.Body.Method.Module.Assembly),
            Message = reproduction.Message,
            DrawsFaultMix = asFound ? header.DrawsFaultMix : reproduction.DrawsFaultMix,
            ShrunkFrom = header.ShrunkFrom ?? found.Decisions.Count,
        };
        ContentsCounter counter = new();
        Schedule schedule = Replayer.Describe(scenario, shrunk, reproduction.Decisions, reproduction.DrawsFaultMix, isMonitored: true, out bool same, counter);
        if (!same || schedule.Decisions.Count != reproduction.Decisions.Count)
        {
            throw NotDeterministic(header);
        }

        int servers = reproduction.Steps.Select(step => step.Likeness.Actor).Where(actor => actor > 0).Distinct().Count();
        return (schedule, new ScheduleContents(
            schedule.Decisions.Count, counter.Happened + schedule.Decisions.Count(IsFault), counter.ClientOperations, servers, reproduction.Cost.Switches));
    }

    // By what was drawn, not by what became of messages: one to a server that is down is lost without any fault of the network.
    private static bool IsFault(Decision decision) => decision is { IsStep: false, Value: > 0, Label: ChaosCarrier.Loss or ChaosCarrier.Duplication };

    private static ScheduleNotReproducedException NotDeterministic(ScheduleHeader header) =>
        new($"a run that violated {header.Property} did not when it was repeated: it is not deterministic");

    private static ScheduleNotReproducedException NotReproduced(Scenario scenario, Schedule found, StepWatchdog watchdog)
    {
        ReplayOutcome outcome = Replayer.Replay(scenario, found, watchdog: watchdog);
        return new ScheduleNotReproducedException(outcome.Divergence is { } divergence
            ? $"the schedule diverged: {divergence}"
            : $"the schedule says that it violates {found.Header.Property}; this build finds {outcome.Property ?? "nothing"}");
    }

    /// <summary>Counts what users think of as the contents of a schedule.</summary>
    private sealed class ContentsCounter : IRaftObserver
    {
        public int Happened { get; private set; }

        public int ClientOperations { get; private set; }

        public void On(in RaftEvent raftEvent)
        {
            switch (raftEvent.Kind)
            {
                case RaftEventKind.ClientCalled:
                    ClientOperations++;
                    break;
                case RaftEventKind.Crashed:
                case RaftEventKind.Environment when raftEvent.Subject is not SimulatedCluster.NetworkHealed:
                    Happened++;
                    break;
                default:
                    break;
            }
        }
    }
}
