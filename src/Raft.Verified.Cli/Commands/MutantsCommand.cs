using System.CommandLine;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.Mutants;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Gate;
using Spectre.Console;

namespace Raft.Verified.Cli.Commands;

/// <summary><c>raft mutants [ID...]</c>: the gate of seeded bugs.</summary>
internal sealed class MutantsCommand
{
    private const int MaxWorkers = 1024;

    // In seconds. Short, for each bug of that kind costs it several times; what is slow only once is not found when it is repeated.
    private const double StepTimeout = 1;

    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "Names of mutants, or patterns such as 'K*'; all when none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<ulong?> _seed = CommandOptions.Number<ulong>(
        "--seed", "X", "The first base seed. [default: 1]", 0, ulong.MaxValue, "a whole number from 0 to 18446744073709551615");

    private readonly Option<int?> _seeds = CommandOptions.Number(
        "--seeds", "N", "How many base seeds must each find a mutant. [default: 3, with --compare 20]", 1, 1000, "a whole number from 1 to 1000");

    private readonly Option<int?> _workers = CommandOptions.Number(
        "--workers", "N", "How many mutants are tried side by side. [default: one for each processor]", 1, MaxWorkers, $"a whole number from 1 to {MaxWorkers}");

    private readonly Option<double?> _stepTimeout = CommandOptions.StepTimeout(StepTimeout);

    private readonly Option<int?> _labRuns = CommandOptions.Number(
        "--lab-runs", "N", "How often each lab test is run; 0 for leaving the lab suite out. [default: 1]", 0, 1000, "a whole number from 0 to 1000");

    private readonly Option<bool> _wholeLab = new("--whole-lab") { Description = "Where no lab test that is known to catch a mutant does, or none is known: asks all of them, until one does." };

    private readonly Option<double?> _shrink = CommandOptions.Number(
        "--shrink-seconds", "S", "For how long a schedule is shrunk at most; 0 for not at all. [default: 3]", 0, 86400.0, "a number of seconds from 0 to 86400");

    private readonly Option<bool> _noReplay = new("--no-replay") { Description = "Does not replay each schedule in a new process." };

    private readonly Option<string?> _from = CommandOptions.FilePath(MutantHost.FolderOption, "DIR", "A folder with the data files of mutants. [default: those of this build]");

    private readonly Option<string?> _out = CommandOptions.FilePath("--out", "DIR", "The folder for schedule files. [default: out/mutants]");

    private readonly Option<bool> _compare = new("--compare")
    {
        Description = "Compares the strategies instead: with how many schedules each of them finds each mutant, in the mutant's first scenario; a table for documents.",
    };

    private readonly Option<int?> _budget = CommandOptions.Number(
        "--budget", "N", "With --compare: after how many schedules a search is given up. [default: 1000]", 1, 1_000_000, "a whole number from 1 to 1000000");

    private readonly Option<bool> _list = new("--list") { Description = "Lists the mutants and the bugs without one, and tries nothing." };

    private readonly Option<bool> _json = new("--json") { Description = "Prints the report as one JSON object; the progress goes to standard error." };

    private readonly Option<string?> _junit = CommandOptions.FilePath("--junit", "FILE", "Writes a JUnit report, too.");

    /// <summary>For the help only: the option is taken out of the command line before anything else looks at it.</summary>
    public static Option<string?> MutantOption { get; } = CommandOptions.FilePath(
        MutantHost.Option, "ID", "With any command: the library has this seeded bug ('raft mutants --list' lists them).");

    public static Command Create(CommandContext context)
    {
        MutantsCommand mutants = new();
        Command command = new("mutants", "Seeds known bugs into the library, one at a time, and tells which of them are found: by what, how soon, and with how short a schedule.")
        {
            mutants._ids, mutants._seed, mutants._seeds, mutants._workers, mutants._stepTimeout, mutants._labRuns, mutants._wholeLab, mutants._shrink, mutants._noReplay, mutants._from,
            mutants._out, mutants._compare, mutants._budget, mutants._list, mutants._json, mutants._junit,
        };
        command.SetAction((parsed, interrupted) => mutants.RunAsync(context, parsed, interrupted));
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken interrupted)
    {
        try
        {
            string? folder = parsed.GetValue(_from);
            MutantCatalogue catalogue = folder is null ? MutantCatalogue.Load() : MutantCatalogue.Load(folder);
            IReadOnlyList<Mutant> mutants = Select(catalogue, parsed.GetValue(_ids) ?? []);
            bool json = parsed.GetValue(_json);
            if (parsed.GetValue(_list))
            {
                await context.Out.Writer.WriteLineAsync(json ? MutantJson.Of(catalogue) : MutantText.List(catalogue, mutants));
                return ExitStatus.NothingFound;
            }

            if (parsed.GetValue(_compare))
            {
                return await CompareAsync(context, parsed, mutants, interrupted);
            }

            if (parsed.GetValue(_junit) is { } file)
            {
                FileOutput.CheckWritable(file);
            }

            return await RunGateAsync(context, parsed, catalogue, mutants, json ? context.Error : context.Out, interrupted);
        }
        catch (MutantException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private async Task<int> CompareAsync(CommandContext context, ParseResult parsed, IReadOnlyList<Mutant> mutants, CancellationToken interrupted)
    {
        StrategyComparison comparison = new(
            mutants, [.. Portfolio.Names.Where(name => new Portfolio(name).Systematic is null)], parsed.GetValue(_seed) ?? 1, parsed.GetValue(_seeds) ?? 20,
            parsed.GetValue(_budget) ?? 1000, parsed.GetValue(_workers) ?? Environment.ProcessorCount);
        string State() => $"{comparison.Done} of {Format.Count(mutants.Count, "mutant")} compared";
        await LiveProgress.ShowAsync(() => comparison.Run(interrupted), context.Error, _ => new Text(State()), State, () => { });
        interrupted.ThrowIfCancellationRequested();
        await context.Out.Writer.WriteLineAsync(ComparisonTable.Of(comparison));
        return ExitStatus.NothingFound;
    }

    private async Task<int> RunGateAsync(
        CommandContext context, ParseResult parsed, MutantCatalogue catalogue, IReadOnlyList<Mutant> mutants, OutputStream progress, CancellationToken interrupted)
    {
        GateOptions options = new()
        {
            Seed = parsed.GetValue(_seed) ?? 1,
            Seeds = parsed.GetValue(_seeds) ?? 3,
            Workers = parsed.GetValue(_workers) ?? Environment.ProcessorCount,
            LabRuns = parsed.GetValue(_labRuns) ?? 1,
            WholeLab = parsed.GetValue(_wholeLab),
            ShrinkTime = TimeSpan.FromSeconds(parsed.GetValue(_shrink) ?? 3),
            OutputDirectory = parsed.GetValue(_out) ?? Path.Combine("out", "mutants"),
            Folder = parsed.GetValue(_from),
            StepTimeout = CommandOptions.StepTimeoutOf(parsed, _stepTimeout, StepTimeout),
            Replay = parsed.GetValue(_noReplay) ? null : MutantProcess.Replay,
            Explore = MutantProcess.Explore,
        };
        MutantGate gate = new(mutants, options);
        await MutantDisplay.ShowAsync(gate, progress, interrupted);
        MutantReport report = new(catalogue, gate.Outcomes, options, gate.Elapsed, mutants.Count == catalogue.Mutants.Count, interrupted.IsCancellationRequested);
        MutantText.Write(report, progress);
        if (parsed.GetValue(_json))
        {
            await context.Out.Writer.WriteLineAsync(MutantJson.Of(report));
        }

        if (parsed.GetValue(_junit) is { } file)
        {
            FileOutput.Write(file, MutantJUnit.Of(report));
        }

        return report.IsFailed ? ExitStatus.Violation : report.WasInterrupted ? ExitStatus.Interrupted : ExitStatus.NothingFound;
    }

    private static IReadOnlyList<Mutant> Select(MutantCatalogue catalogue, IReadOnlyList<string> ids)
    {
        foreach (string id in ids)
        {
            if (!catalogue.Mutants.Any(mutant => NamePattern.Fits(id, mutant.Id)))
            {
                SetAsideBug? aside = catalogue.SetAside.FirstOrDefault(bug => bug.Id == id);
                throw new InputException(aside is null
                    ? $"unknown mutant '{id}'{Nearest.Suggest(id, catalogue.Mutants.Select(mutant => mutant.Id))} ('raft mutants --list' lists them)"
                    : $"there is no mutant of '{id}' ({aside.Title}): {aside.Reason}");
            }
        }

        return ids.Count == 0 ? catalogue.Mutants : [.. catalogue.Mutants.Where(mutant => ids.Any(id => NamePattern.Fits(id, mutant.Id)))];
    }
}
