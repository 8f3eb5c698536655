using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.Coverage;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// The command <c>raft test [SCENARIO...]</c>, which explores schedules in search of a violated property.
/// </summary>
internal sealed class TestCommand
{
    private const double DefaultSeconds = 60;

    private const double MaxSeconds = 366 * 24 * 3600;

    private const int MaxWorkers = 1024;

    private readonly Argument<string[]> _scenarios = new("SCENARIO")
    {
        Description = "Names of scenarios, or patterns such as 'chaos-*'. [default: all listed scenarios]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _assembly = AssemblyOption.Create();

    private readonly Option<long?> _iterations = CommandOptions.Number(
        "--iterations", "N", "Number of schedules per scenario. With it, a goal that is not reached is no failure.",
        1, long.MaxValue, "a whole number of at least 1");

    private readonly Option<double?> _seconds = CommandOptions.Number(
        "--seconds", "S", $"Number of seconds to run, for all scenarios together. [default: {DefaultSeconds}, unless --iterations is given]",
        0.001, MaxSeconds, $"a number of seconds greater than 0, at most {MaxSeconds}");

    private readonly Option<string?> _strategy = CommandOptions.OneOf(
        "--strategy", "NAME", $"Strategy that chooses the schedules: {string.Join(", ", Portfolio.Names)}. [default: {Portfolio.Name}]", Portfolio.Names);

    private readonly Option<ulong?> _seed = CommandOptions.Number<ulong>(
        "--seed", "X", "Seed. The same seed and build give the same schedules. [default: 1]",
        0, ulong.MaxValue, "a whole number from 0 to 18446744073709551615");

    private readonly Option<long?> _schedule = CommandOptions.Number(
        "--schedule", "N", "Runs exactly the schedule with this number, from 0, of one scenario. Reports and file names give the number.",
        0, long.MaxValue - 1, "a whole number of at least 0");

    private readonly Option<bool> _keep = new("--keep") { Description = "With --schedule: writes the schedule even if it violates nothing." };

    private readonly Option<int?> _maxSteps = CommandOptions.Number(
        "--max-steps", "N", "Number of steps after which an untimed schedule becomes fair. With dfs: the depth that is searched exhaustively. [default: the number of the scenario; with dfs 8]",
        1, ScheduleBounds.MaxUnfairSteps, $"a whole number from 1 to {ScheduleBounds.MaxUnfairSteps}");

    private readonly Option<double?> _stepTimeout = CommandOptions.StepTimeout();

    private readonly Option<int?> _workers = CommandOptions.Number(
        "--workers", "N", "Number of schedules that run in parallel. The findings do not depend on it. [default: one per processor]",
        1, MaxWorkers, $"a whole number from 1 to {MaxWorkers}");

    private readonly Option<(int Index, int Count)?> _shard = new("--shard")
    {
        Description = "Runs the i-th of n shares of the schedules, so that several machines can divide the work. 'raft merge' merges their reports and judges the goals.",
        HelpName = "i/n",
        CustomParser = ParseShard,
    };

    private readonly Option<string?> _regressions = CommandOptions.FilePath(
        "--regressions", "DIR", "Folder with schedules of past failures. Those of the explored scenarios are replayed first; steps that no longer match the code are skipped.");

    private readonly Option<string?> _out = CommandOptions.FilePath("--out", "DIR", "Folder for schedule files. [default: out]");

    private readonly Option<bool> _json = new("--json") { Description = "Prints the report as one JSON object. Progress goes to standard error." };

    private readonly Option<string?> _junit = CommandOptions.FilePath("--junit", "FILE", "Also writes a JUnit report.");

    private readonly Option<string?> _coverage = CommandOptions.FilePath(
        "--coverage", "FILE", "Also collects coverage, and writes an HTML page about it.");

    private readonly Option<string?> _tla = CommandOptions.FilePath(
        "--tla", "DIR", "Also writes traces of the servers' actions, for 'raft check --trace' and specs/check.sh: for the first schedules of each scenario, and for a violation.");

    private readonly Option<bool> _selfCheck = new("--self-check") { Description = "Runs every schedule twice and compares the events." };

    public static Command Create(CommandContext context)
    {
        TestCommand test = new();
        Command command = new("test", "Explores schedules of scenarios in search of a violated property.")
        {
            test._scenarios, test._assembly, test._iterations, test._seconds, test._strategy, test._seed, test._schedule, test._keep, test._maxSteps, test._stepTimeout, test._workers, test._shard,
            test._regressions, test._out, test._json, test._junit, test._coverage, test._tla, test._selfCheck,
        };
        command.SetAction((parsed, interrupted) => RunAsync(context, test.Read(context, parsed), interrupted));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, TestOptions options, CancellationToken interrupted)
    {
        TestRun run = new(options);
        OutputStream progress = options.Json ? context.Error : context.Out;
        await ProgressDisplay.ShowAsync(run, progress, interrupted);
        TestFindings findings = run.Findings();
        TestReport.Write(findings, progress);
        if (options.Json)
        {
            await context.Out.Writer.WriteLineAsync(JsonReport.Of(findings));
        }

        if (options.JUnitFile is { } file)
        {
            FileOutput.Write(file, JUnitReport.Of(findings));
        }

        if (options.CoverageFile is { } page)
        {
            FileOutput.Write(page, CoveragePage.Of(run));
        }

        if (options.TraceDirectory is { } traces)
        {
            WriteTraces(context, run, traces, progress, interrupted);
        }

        return findings.ExitStatus;
    }

    private static void WriteTraces(CommandContext context, TestRun run, string directory, OutputStream progress, CancellationToken interrupted)
    {
        using StepWatchdog watchdog = context.Watch(run.Options.Exploration.StepTimeout);
        int traces = 0;
        foreach (ScenarioExploration scenario in run.Scenarios)
        {
            if (!interrupted.IsCancellationRequested)
            {
                traces += TlaTrace.WriteSome(directory, scenario, run.Options.Exploration, watchdog);
            }
        }

        progress.Writer.WriteLine($"{directory}: {Format.Count(traces, "trace")}");
    }

    private TestOptions Read(CommandContext context, ParseResult parsed)
    {
        long? schedule = parsed.GetValue(_schedule);
        CheckSchedule(parsed, schedule);
        long? iterations = schedule is null ? parsed.GetValue(_iterations) : 1;
        double? seconds = parsed.GetValue(_seconds) ?? (iterations is null ? DefaultSeconds : null);
        (int index, int count) = parsed.GetValue(_shard) ?? (1, 1);
        string directory = CommandOptions.Folder(parsed, _out);

        // A systematic strategy derives each schedule from the one before, so its work is neither sharded nor run in
        // parallel.
        string strategy = parsed.GetValue(_strategy) ?? Portfolio.Name;
        bool isSystematic = new Portfolio(strategy).Systematic is not null;
        if (isSystematic && count > 1)
        {
            throw new InputException($"--shard is '{index}/{count}' with --strategy {strategy}, where each schedule depends on the one before; expected no --shard");
        }

        if (schedule is not null && !TracedRun.IsPossible(strategy))
        {
            throw new InputException($"--schedule is '{schedule}' with --strategy {strategy}, where each schedule depends on those before; expected another strategy");
        }

        string? junit = parsed.GetValue(_junit);
        if (junit is not null)
        {
            FileOutput.CheckWritable(junit);
        }

        string? coverage = parsed.GetValue(_coverage);
        if (coverage is not null)
        {
            FileOutput.CheckWritable(coverage);
        }

        string? traces = parsed.GetValue(_tla);
        if (traces is not null && !TracedRun.IsPossible(strategy))
        {
            throw new InputException($"--tla is '{traces}' with --strategy {strategy}, where each schedule depends on those before; expected no --tla");
        }

        if (traces is not null)
        {
            FileOutput.CheckWritable(Path.Combine(traces, "trace.ndjson"));
        }

        context = AssemblyOption.Apply(context, parsed.GetValue(_assembly));
        IReadOnlyList<Scenario> scenarios = ScenarioSelection.Select(context, parsed.GetValue(_scenarios) ?? []);
        if (schedule is not null && scenarios.Count != 1)
        {
            throw new InputException($"--schedule is given with {Format.Count(scenarios.Count, "scenario")}; expected the name of one");
        }

        return new TestOptions
        {
            Scenarios = scenarios,
            Regressions = parsed.GetValue(_regressions) is { } folder ? Regression.Read(context, folder, scenarios) : null,
            Exploration = new ExplorationOptions
            {
                Strategy = strategy,
                Seed = parsed.GetValue(_seed) ?? 1,
                FirstIteration = schedule ?? 0,
                Iterations = iterations,
                Time = seconds is { } s ? TimeSpan.FromSeconds(s) : null,
                Workers = isSystematic ? 1 : parsed.GetValue(_workers) ?? Environment.ProcessorCount,
                Shard = index - 1,
                Shards = count,
                UnfairSteps = parsed.GetValue(_maxSteps),
                StepTimeout = CommandOptions.StepTimeoutOf(parsed, _stepTimeout),
                SelfCheck = parsed.GetValue(_selfCheck),
                CollectCoverage = coverage is not null,
            },
            OutputDirectory = directory,
            FollowUp = context.FollowUp,
            Schedule = schedule,
            Keep = parsed.GetValue(_keep),
            Json = parsed.GetValue(_json),
            JUnitFile = junit,
            CoverageFile = coverage,
            TraceDirectory = traces,
        };
    }

    // One schedule has neither an end by number or time, nor shares, nor regressions before it.
    private void CheckSchedule(ParseResult parsed, long? schedule)
    {
        if (schedule is null)
        {
            if (parsed.GetValue(_keep))
            {
                throw new InputException("--keep is given without --schedule; expected the number of the schedule to keep");
            }

            return;
        }

        Option[] others = [_iterations, _seconds, _shard, _regressions];
        if (Array.Find(others, option => parsed.GetResult(option) is { Implicit: false }) is { } other)
        {
            throw new InputException($"--schedule is '{schedule}' together with {other.Name}; expected one of them");
        }
    }

    private static (int Index, int Count)? ParseShard(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] parts = text.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index >= 1 && index <= count)
        {
            return (index, count);
        }

        result.AddError($"--shard is '{text}'; expected i/n with i from 1 to n, such as 2/4");
        return null;
    }
}
