using System.CommandLine;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.Mutants;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Mutants.Gate;
using Spectre.Console;

namespace Raft.Verified.Cli.Commands;

/// <summary>The command <c>raft mutants [ID...]</c>, which runs the gate of mutants.</summary>
internal sealed class MutantsCommand
{
    private const int MaxWorkers = 1024;

    // In seconds. The limit is short, because each mutant of this kind costs it several times. A step that is slow only
    // once does not count, because it is repeated.
    private const double StepTimeout = 1;

    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "Names of mutants, or patterns such as 'K*'. [default: all mutants]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _assembly = AssemblyOption.Create(
        "Project (.csproj) or assembly (.dll) that the mutants of --catalogue are seeded into, instead of the library. The lab suite is skipped.");

    private readonly Option<ulong?> _seed = CommandOptions.Number<ulong>(
        "--seed", "X", "First base seed. [default: 1]", 0, ulong.MaxValue, "a whole number from 0 to 18446744073709551615");

    private readonly Option<int?> _seeds = CommandOptions.Number(
        "--seeds", "N", "Number of base seeds, each of which must find a mutant. [default: 3, with --compare 20]", 1, 1000, "a whole number from 1 to 1000");

    private readonly Option<int?> _workers = CommandOptions.Number(
        "--workers", "N", "Number of mutants tried in parallel. [default: one per processor]", 1, MaxWorkers, $"a whole number from 1 to {MaxWorkers}");

    private readonly Option<double?> _stepTimeout = CommandOptions.StepTimeout(StepTimeout);

    private readonly Option<int?> _labRuns = CommandOptions.Number(
        "--lab-runs", "N", "Number of runs per lab test; 0 to skip the lab suite. [default: 1]", 0, 1000, "a whole number from 0 to 1000");

    private readonly Option<bool> _wholeLab = new("--whole-lab") { Description = "Runs all lab tests until one catches the mutant, when no test that is known to catch it does." };

    private readonly Option<double?> _shrink = CommandOptions.Number(
        "--shrink-seconds", "S", "Maximum number of seconds for shrinking a schedule; 0 to skip shrinking. [default: 3]", 0, 86400.0, "a number of seconds from 0 to 86400");

    private readonly Option<bool> _noReplay = new("--no-replay") { Description = "Skips the replay of each schedule in a new process." };

    private readonly Option<string?> _folder = CommandOptions.FilePath(MutantHost.FolderOption, "DIR", "Folder with the data files of mutants. [default: the mutants of this build]");

    private readonly Option<string?> _out = CommandOptions.FilePath("--out", "DIR", "Folder for schedule files. [default: out/mutants]");

    private readonly Option<bool> _compare = new("--compare")
    {
        Description = "Compares the strategies instead: prints a Markdown table with the number of schedules that each strategy needs to find each mutant in its first scenario.",
    };

    private readonly Option<int?> _budget = CommandOptions.Number(
        "--budget", "N", "With --compare: number of schedules after which a search gives up. [default: 1000]", 1, 1_000_000, "a whole number from 1 to 1000000");

    private readonly Option<bool> _list = new("--list") { Description = "Lists the mutants, and the known bugs without a mutant. Tries none of them." };

    private readonly Option<bool> _json = new("--json") { Description = "Prints the report as one JSON object. Progress goes to standard error." };

    private readonly Option<string?> _junit = CommandOptions.FilePath("--junit", "FILE", "Also writes a JUnit report.");

    /// <summary>
    /// The option <c>--mutant</c>, for the help only. <see cref="MutantHost"/> removes it from the command line before
    /// parsing.
    /// </summary>
    public static Option<string?> MutantOption { get; } = CommandOptions.FilePath(
        MutantHost.Option, "ID", $"Runs any command with this mutant of the library ('raft mutants --list' lists them). '{MutantHost.FolderOption} DIR' takes the mutant from a folder; it may then change the sources of the {AssemblyOption.Name}.");

    public static Command Create(CommandContext context)
    {
        MutantsCommand mutants = new();
        mutants._folder.Aliases.Add(MutantHost.FormerFolderOption);
        Command command = new("mutants", "Seeds known bugs into the library, one at a time, and reports which are found, by which property and how soon.")
        {
            mutants._ids, mutants._assembly, mutants._seed, mutants._seeds, mutants._workers, mutants._stepTimeout, mutants._labRuns, mutants._wholeLab, mutants._shrink, mutants._noReplay, mutants._folder,
            mutants._out, mutants._compare, mutants._budget, mutants._list, mutants._json, mutants._junit,
        };
        command.SetAction((parsed, interrupted) => mutants.RunAsync(context, parsed, interrupted));
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken interrupted)
    {
        try
        {
            string? folder = parsed.GetValue(_folder);
            string? assembly = parsed.GetValue(_assembly);
            if (assembly is not null && folder is null)
            {
                throw new InputException($"{AssemblyOption.Name} is '{Format.OneLine(assembly)}' without {MutantHost.FolderOption}; expected the folder with the mutants of this assembly");
            }

            MutantCatalogue catalogue = folder is null ? MutantCatalogue.Load() : MutantCatalogue.Load(folder);
            IReadOnlyList<Mutant> mutants = Select(catalogue, parsed.GetValue(_ids) ?? []);
            bool json = parsed.GetValue(_json);
            if (parsed.GetValue(_list))
            {
                if (json)
                {
                    await context.Out.Writer.WriteLineAsync(MutantJson.Of(catalogue));
                }
                else
                {
                    MutantText.WriteList(catalogue, mutants, context.Out);
                }

                return ExitStatus.NothingFound;
            }

            (IMutantSubject subject, ScenarioAssembly? loaded) = SubjectOf(context, assembly);
            if (parsed.GetValue(_compare))
            {
                return await CompareAsync(context, parsed, mutants, subject, interrupted);
            }

            if (parsed.GetValue(_junit) is { } file)
            {
                FileOutput.CheckWritable(file);
            }

            return await RunGateAsync(context, parsed, new Gated(catalogue, mutants, subject, loaded), json ? context.Error : context.Out, interrupted);
        }
        catch (MutantException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private async Task<int> CompareAsync(CommandContext context, ParseResult parsed, IReadOnlyList<Mutant> mutants, IMutantSubject subject, CancellationToken interrupted)
    {
        StrategyComparison comparison = new(
            mutants, [.. Portfolio.Names.Where(name => new Portfolio(name).Systematic is null)], parsed.GetValue(_seed) ?? 1, parsed.GetValue(_seeds) ?? 20,
            parsed.GetValue(_budget) ?? 1000, parsed.GetValue(_workers) ?? Environment.ProcessorCount, subject);
        string State() => $"{comparison.Done} of {Format.Count(mutants.Count, "mutant")} compared";
        await LiveProgress.ShowAsync(() => comparison.Run(interrupted), context.Error, isOver => isOver ? null : new Text(State()), State, () => { });
        interrupted.ThrowIfCancellationRequested();
        await context.Out.Writer.WriteLineAsync(ComparisonTable.Of(comparison));
        return ExitStatus.NothingFound;
    }

    private async Task<int> RunGateAsync(
        CommandContext context, ParseResult parsed, Gated gated, OutputStream progress, CancellationToken interrupted)
    {
        MutantProcess process = new(gated.Assembly?.Image);
        GateOptions options = new()
        {
            Seed = parsed.GetValue(_seed) ?? 1,
            Seeds = parsed.GetValue(_seeds) ?? 3,
            Workers = parsed.GetValue(_workers) ?? Environment.ProcessorCount,
            LabRuns = gated.Assembly is null ? parsed.GetValue(_labRuns) ?? 1 : 0,
            WholeLab = gated.Assembly is null && parsed.GetValue(_wholeLab),
            ShrinkTime = TimeSpan.FromSeconds(parsed.GetValue(_shrink) ?? 3),
            OutputDirectory = parsed.GetValue(_out) ?? Path.Combine("out", "mutants"),
            Folder = parsed.GetValue(_folder),
            AssemblyFile = gated.Assembly?.FullPath,
            StepTimeout = CommandOptions.StepTimeoutOf(parsed, _stepTimeout, StepTimeout),
            Replay = parsed.GetValue(_noReplay) ? null : process.Replay,
            Explore = process.Explore,
        };
        MutantGate gate = new(gated.Mutants, options, gated.Subject);
        await MutantDisplay.ShowAsync(gate, progress, interrupted);
        MutantReport report = new(gated.Catalogue, gate.Outcomes, options, gate.Elapsed, gated.Mutants.Count == gated.Catalogue.Mutants.Count, interrupted.IsCancellationRequested);
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

    private static (IMutantSubject Subject, ScenarioAssembly? Assembly) SubjectOf(CommandContext context, string? file)
    {
        if (file is null)
        {
            return (new LibrarySubject(), null);
        }

        BuiltProject project = ScenarioAssembly.Build(context, file);
        ScenarioAssembly assembly = ScenarioAssembly.Open(context, file, project.Image, []);
        return (new AssemblySubject(assembly, project), assembly);
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
                    : $"there is no mutant for '{id}' ({aside.Title}): {aside.Reason}");
            }
        }

        return ids.Count == 0 ? catalogue.Mutants : [.. catalogue.Mutants.Where(mutant => ids.Any(id => NamePattern.Fits(id, mutant.Id)))];
    }

    private sealed record Gated(MutantCatalogue Catalogue, IReadOnlyList<Mutant> Mutants, IMutantSubject Subject, ScenarioAssembly? Assembly);
}
