using Raft.Verified.Cli.Output;

namespace Raft.Verified.Cli.Commands;

/// <summary>The merge of the reports of all shards of a run into the report of an unsharded run.</summary>
internal static class ShardMerge
{
    /// <summary>
    /// Merges reports. Counts and hashes are added. Times are the maximum, because shards run in parallel. Violations
    /// in several shards are all kept, in the order of their schedules.
    /// </summary>
    /// <param name="reports">The reports, each with the name of its file.</param>
    /// <exception cref="InputException">
    /// The reports do not belong to one run, or a shard is missing or given twice.
    /// </exception>
    public static TestFindings Merge(IReadOnlyList<(string File, TestFindings Findings)> reports)
    {
        CheckAlike(reports);
        CheckWhole(reports);
        TestFindings[] shards = [.. reports.Select(report => report.Findings).OrderBy(shard => shard.Shard)];
        string[] scenarios = ScenariosOf(reports[0].Findings);
        return shards[0] with
        {
            Shard = 1,
            Shards = 1,
            Workers = shards.Sum(shard => shard.Workers),
            Seconds = shards.Max(shard => shard.Seconds),
            WasInterrupted = shards.Any(shard => shard.WasInterrupted),
            Settings = shards[0].Settings with { Seconds = shards.Max(shard => shard.Settings.Seconds) },
            Regressions = [.. shards.SelectMany(shard => shard.Regressions).OrderBy(regression => regression.File, StringComparer.Ordinal)],
            Runs = [.. scenarios.Select(name => RunsOf(name, shards)).Where(runs => runs.Length > 0).Select(Merge)],
            NotRun = [.. scenarios.Where(name => RunsOf(name, shards).Length == 0)],
        };
    }

    private static ScenarioFindings Merge(ScenarioFindings[] runs) => runs[0] with
    {
        Iterations = runs.Sum(run => run.Iterations),
        Decisions = runs.Sum(run => run.Decisions),
        Seconds = runs.Max(run => run.Seconds),
        Workers = runs.Sum(run => run.Workers),
        EventHash = runs.Aggregate(0UL, (sum, run) => unchecked(sum + run.EventHash)),
        Goals = [.. runs[0].Goals.Select(goal => (goal.Name, runs.Sum(run => CountOf(goal.Name, run))))],
        Violations = [.. runs.SelectMany(run => run.Violations).OrderBy(violation => violation.Iteration)],
    };

    // All reports have the same goals, because they are of one build.
    private static long CountOf(string goal, ScenarioFindings run) => run.Goals.FirstOrDefault(other => other.Name == goal).Count;

    private static ScenarioFindings[] RunsOf(string scenario, TestFindings[] shards) =>
        [.. shards.SelectMany(shard => shard.Runs).Where(run => run.Scenario == scenario)];

    private static string[] ScenariosOf(TestFindings findings) => [.. findings.Runs.Select(run => run.Scenario), .. findings.NotRun];

    private static void CheckAlike(IReadOnlyList<(string File, TestFindings Findings)> reports)
    {
        (string firstFile, TestFindings first) = reports[0];
        foreach ((string file, TestFindings findings) in reports.Skip(1))
        {
            (string What, object? Found, object? Expected)[] compared =
            [
                ("build", findings.Build, first.Build),
                ("number of shards", findings.Shards, first.Shards),
                ("seed", findings.Settings.Seed, first.Settings.Seed),
                ("strategy", findings.Settings.Strategy, first.Settings.Strategy),
                ("number of the schedule", findings.Settings.Schedule, first.Settings.Schedule),
                ("number of iterations", findings.Settings.Iterations, first.Settings.Iterations),
                ("number of regressions", findings.Settings.Regressions, first.Settings.Regressions),
                ("number of steps", findings.Settings.MaxSteps, first.Settings.MaxSteps),
            ];
            foreach ((string what, object? found, object? expected) in compared)
            {
                if (!Equals(found, expected))
                {
                    throw new InputException($"{file}: its {what} is {found ?? "not set"}; expected {expected ?? "none"}, as in {firstFile}");
                }
            }

            CheckScenarios(file, findings, firstFile, first);
        }
    }

    private static void CheckScenarios(string file, TestFindings findings, string firstFile, TestFindings first)
    {
        string[] found = ScenariosOf(findings);
        string[] expected = ScenariosOf(first);
        if (expected.Except(found).FirstOrDefault() is { } missing)
        {
            throw new InputException($"{file}: scenario '{missing}' is missing; expected the scenarios of {firstFile}");
        }

        if (found.Except(expected).FirstOrDefault() is { } added)
        {
            throw new InputException($"{file}: has scenario '{added}'; expected the scenarios of {firstFile}, which does not have it");
        }
    }

    private static void CheckWhole(IReadOnlyList<(string File, TestFindings Findings)> reports)
    {
        int shards = reports[0].Findings.Shards;
        Dictionary<int, string> files = [];
        foreach ((string file, TestFindings findings) in reports)
        {
            if (!files.TryAdd(findings.Shard, file))
            {
                throw new InputException($"{file}: is shard {findings.Shard} of {shards}, and so is {files[findings.Shard]}; expected each shard once");
            }
        }

        if (files.Count < shards)
        {
            IEnumerable<int> missing = Enumerable.Range(1, shards).Where(shard => !files.ContainsKey(shard)).Take(10);
            IEnumerable<string> found = reports.OrderBy(report => report.Findings.Shard).Take(10).Select(report => $"{report.Findings.Shard} ({report.File})");
            throw new InputException(
                $"{(shards - files.Count == 1 ? "shard" : "shards")} {string.Join(", ", missing)} of {shards} {(shards - files.Count == 1 ? "is" : "are")} missing; "
                + $"found {string.Join(", ", found)}, expected one report per shard");
        }
    }
}
