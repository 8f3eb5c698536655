using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Scenarios.Lab;

namespace Raft.Verified.Mutants.Gate;

/// <summary>
/// The trial of one mutant: explores it with each base seed, runs the lab tests, shrinks the schedule that was found,
/// and replays it.
/// </summary>
internal sealed class MutantTrial(Mutant mutant, GateOptions options, IMutantSubject subject)
{
    // Findings about the run itself are not properties of Raft, so they do not count as finding a mutant.
    private static readonly string[] NoProperties = [RuntimeFindings.UnboundedSchedule, RuntimeFindings.UncontrolledAwait, RuntimeFindings.Repeatability];

    // A step that does not return leaves a thread behind, which runs until the process ends.
    private bool Hangs => mutant.Properties.Contains(RuntimeFindings.StepDoesNotReturn);

    private TimeSpan StepTimeout => Hangs ? options.StepTimeout : StepWatchdog.DefaultLimit;

    private readonly Stopwatch _time = Stopwatch.StartNew();

    /// <summary>Runs the trial. Any failure becomes an outcome; only cancellation throws.</summary>
    /// <param name="cancelled">The token that cancels the trial.</param>
    public MutantOutcome Run(CancellationToken cancelled)
    {
        IMutantWorld? world = null;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        limit.CancelAfter(options.TimeLimit);
        try
        {
            IReadOnlyList<CompiledAssembly> changed = subject.Compile(mutant, limit.Token);
            world = subject.Open(mutant, changed);
            return Run(world, changed, limit.Token);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return Failed(MutantVerdict.Error, $"the trial took longer than {options.TimeLimit.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Interrupted work may fail in other ways than by OperationCanceledException.
            cancelled.ThrowIfCancellationRequested();
            Exception cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            return Failed(MutantVerdict.Error, $"{cause.GetType().Name}: {cause.Message}");
        }
        finally
        {
            world?.Dispose();
        }
    }

    private MutantOutcome Run(IMutantWorld world, IReadOnlyList<CompiledAssembly> changed, CancellationToken stop)
    {
        List<SeedOutcome> seeds = [];
        string? schedule = null;
        for (int i = 0; i < options.Seeds; i++)
        {
            (SeedOutcome seed, string? found) = Explore(world, changed, unchecked(options.Seed + (ulong)i), keep: i == 0, stop);
            seeds.Add(seed);
            schedule ??= found;
        }

        MutantOutcome outcome = AskLab(world, new MutantOutcome { Mutant = mutant, Verdict = MutantVerdict.Found, Seeds = seeds }, stop);
        if (schedule is not null)
        {
            outcome = Keep(world, changed, outcome, schedule, stop);
        }

        (MutantVerdict verdict, string? reason) = Judge(seeds);
        return outcome with
        {
            Verdict = outcome.Verdict == MutantVerdict.Error ? MutantVerdict.Error : verdict,
            Reason = outcome.Reason ?? reason,
            Seconds = _time.Elapsed.TotalSeconds,
        };
    }

    private (SeedOutcome Outcome, string? Schedule) Explore(
        IMutantWorld world, IReadOnlyList<CompiledAssembly> changed, ulong seed, bool keep, CancellationToken stop)
    {
        long schedules = 0;
        double seconds = 0;
        (string scenario, string strategy) = ("", "");
        foreach (string tried in mutant.Scenarios)
        {
            scenario = tried;
            foreach (string with in mutant.Strategies)
            {
                strategy = with;
                JsonObject request = new()
                {
                    ["scenario"] = scenario,
                    ["strategy"] = strategy,
                    ["seed"] = seed,
                    ["iterations"] = (long)mutant.Budget,
                    ["keep"] = keep,
                    ["stepTimeout"] = StepTimeout.TotalSeconds,
                };
                JsonObject answer = Hangs && options.Explore is { } explore
                    ? explore(request, changed, stop)
                    : world.Explore(request, stop);
                schedules += (long)answer["schedules"]!;
                seconds += (double)answer["seconds"]!;
                if (answer["property"] is { } property)
                {
                    SeedOutcome found = new(
                        seed, (string)property!, (string)answer["message"]!, scenario, (string)answer["strategy"]!, schedules, seconds, (int)answer["decisions"]!);
                    return (found, (string?)answer["schedule"]);
                }
            }
        }

        return (new SeedOutcome(seed, null, null, scenario, strategy, schedules, seconds, 0), null);
    }

    private (MutantVerdict Verdict, string? Reason) Judge(IReadOnlyList<SeedOutcome> seeds)
    {
        foreach (SeedOutcome seed in seeds)
        {
            if (seed.Property is null)
            {
                return (MutantVerdict.Survived, $"seed {seed.Seed}: no violation in {seed.Schedules} schedules");
            }

            if (NoProperties.Contains(seed.Property) || !mutant.Properties.Contains(seed.Property))
            {
                return (MutantVerdict.Unexpected,
                    $"seed {seed.Seed}: {seed.Property} in {seed.Scenario} ({seed.Message}); expected {string.Join(" or ", mutant.Properties)}");
            }
        }

        return (MutantVerdict.Found, null);
    }

    // First the tests that are known to catch the mutant. If none of them does, and the whole lab was asked for,
    // all tests run until one catches it.
    private MutantOutcome AskLab(IMutantWorld world, MutantOutcome outcome, CancellationToken stop)
    {
        if (options.LabRuns == 0)
        {
            return outcome;
        }

        List<string> caught = Lab(world, mutant.LabTests, untilCaught: false, stop);
        if (caught.Count == 0 && options.WholeLab)
        {
            caught = Lab(world, [.. LabSuite.All.Select(test => test.Name)], untilCaught: true, stop);
        }

        return outcome with { LabAsked = options.WholeLab || caught.Count > 0, LabTests = caught };
    }

    private List<string> Lab(IMutantWorld world, IReadOnlyList<string> tests, bool untilCaught, CancellationToken stop)
    {
        if (tests.Count == 0)
        {
            return [];
        }

        JsonObject answer = world.Lab(new JsonObject
        {
            ["tests"] = new JsonArray([.. tests.Select(test => JsonValue.Create(test))]),
            ["runs"] = (long)options.LabRuns,
            ["seed"] = options.Seed,
            ["untilCaught"] = untilCaught,
            ["stepTimeout"] = StepTimeout.TotalSeconds,
        }, stop);
        return [.. answer["failed"]!.AsObject().Select(test => test.Key)];
    }

    // The kept schedule must reproduce the violation against the mutant in a new process, and must diverge in the
    // correct code.
    private MutantOutcome Keep(IMutantWorld world, IReadOnlyList<CompiledAssembly> changed, MutantOutcome outcome, string schedule, CancellationToken stop)
    {
        if (options.ShrinkTime > TimeSpan.Zero && !Hangs)
        {
            JsonObject answer = world.Shrink(new JsonObject
            {
                ["schedule"] = schedule,
                ["seconds"] = options.ShrinkTime.TotalSeconds,
                ["stepTimeout"] = StepTimeout.TotalSeconds,
            }, stop);
            schedule = (string)answer["schedule"]!;
            outcome = outcome with { Shrunk = (int)answer["decisions"]!, FairEnd = (int)answer["fairEnd"]!, ShrinkSeconds = (double)answer["seconds"]! };
        }

        Schedule kept = ScheduleFile.Parse(mutant.Id, schedule.TrimEnd('\n').Split('\n'));
        using StepWatchdog watchdog = new(StepTimeout, stop);
        ReplayOutcome correct = Replayer.Replay(subject.Find(kept.Header.Scenario)!, kept, watchdog: watchdog);
        if (correct.Divergence is null)
        {
            return outcome with
            {
                Verdict = MutantVerdict.Error,
                Reason = $"the schedule also violates {correct.Property} in the correct code: {correct.Message}",
            };
        }

        if (options.OutputDirectory is not { } directory)
        {
            return outcome;
        }

        string file = Path.Combine(directory, $"{mutant.Id}.schedule");
        string? folder = options.Folder is { } from ? Path.GetFullPath(from) : null;
        ScheduleFile.Write(file, kept with { Header = kept.Header with { MutantFolder = folder, Assembly = options.AssemblyFile } });
        int? status = options.Replay?.Invoke(file, changed, stop);
        stop.ThrowIfCancellationRequested();
        return status is null or 2
            ? outcome with { ScheduleFile = file }
            : outcome with { ScheduleFile = file, Verdict = MutantVerdict.Error, Reason = $"the replay of {file} in a new process ended with {status}; expected 2" };
    }

    private MutantOutcome Failed(MutantVerdict verdict, string reason) =>
        new() { Mutant = mutant, Verdict = verdict, Reason = reason, Seconds = _time.Elapsed.TotalSeconds };
}
