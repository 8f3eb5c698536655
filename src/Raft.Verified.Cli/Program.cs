using System.CommandLine;
using System.Runtime.InteropServices;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Commands;
using Raft.Verified.Cli.Output;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Scenarios;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Scenarios.Lab.Services;

namespace Raft.Verified.Cli;

/// <summary>The <c>raft</c> command.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) => await MutantHost.TryRunAsync(args) ?? await MainAsync(args, null);

    /// <summary>Runs the command line of the process.</summary>
    /// <param name="args">The arguments of the process, without those that ask for a mutant.</param>
    /// <param name="mutantFolder">
    /// The folder of the mutant of this world; null for a mutant of this build, or none.
    /// </param>
    internal static async Task<int> MainAsync(string[] args, string? mutantFolder) => await MainAsync(args, mutantFolder, null, []);

    /// <summary>Runs the command line of the process with a mutant of an assembly of the user.</summary>
    /// <param name="args">The arguments of the process, without those that ask for a mutant.</param>
    /// <param name="mutantFolder">The folder of the mutant; null for none.</param>
    /// <param name="assemblyMutant">The mutant to compile; null for none.</param>
    /// <param name="assemblyImages">The assemblies of a mutant that was compiled before; empty for none.</param>
    internal static async Task<int> MainAsync(string[] args, string? mutantFolder, Mutant? assemblyMutant, IReadOnlyList<CompiledAssembly> assemblyImages)
    {
        (string Mutant, string? Folder)? needed = null;
        int status = await RunInterruptiblyAsync(args, new CommandContext
        {
            Scenarios = ScenarioLibrary.All,
            FoundByName = [.. LabLibrary.Scenarios, .. ServiceLibrary.Scenarios],
            LabTests = LabSuite.All,
            Out = OutputStream.StandardOutput(),
            Error = OutputStream.StandardError(),
            FollowUp = new FollowUp(mutantFolder),
            NeedsMutant = (mutant, folder) => needed = (mutant, folder),
            AssemblyMutant = assemblyMutant,
            AssemblyImages = assemblyImages,
        });
        return needed is { } bug ? await MutantHost.RunAsync(bug.Mutant, bug.Folder, args) : status;
    }

    private static async Task<int> RunInterruptiblyAsync(string[] args, CommandContext context)
    {
        // The first Ctrl-C, or SIGTERM from a CI system, ends the work with a report. The second one ends the process.
        using CancellationTokenSource interrupted = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        return await RunAsync(args, context with { Interrupted = interrupted.Token });

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = !interrupted.IsCancellationRequested;
            interrupted.Cancel();
        }
    }

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments, without the name of the program.</param>
    /// <param name="context">The context of the command.</param>
    /// <returns>The exit status.</returns>
    internal static async Task<int> RunAsync(IReadOnlyList<string> args, CommandContext context)
    {
        using CancellationTokenSource interrupted = CancellationTokenSource.CreateLinkedTokenSource(context.Interrupted);
        GuardedWriter output = new(context.Out.Writer, interrupted.Cancel);
        GuardedWriter errors = new(context.Error.Writer, () => { });
        context = context with
        {
            Out = context.Out with { Writer = output },
            Error = context.Error with { Writer = errors },
            Interrupted = interrupted.Token,
        };
        int status = await CarryOutAsync(args, context);
        await output.FlushAsync();
        if (output.Failure is { } failure)
        {
            await errors.WriteLineAsync($"raft: standard output cannot be written: {Format.OneLine(failure)}");
            status = ExitStatus.BadInput;
        }

        await errors.FlushAsync();
        return status;
    }

    private static async Task<int> CarryOutAsync(IReadOnlyList<string> args, CommandContext context)
    {
        try
        {
            ParseResult parsed = Parse(args, context);
            AssemblyOption.CheckMutant(parsed, context);
            InvocationConfiguration configuration = new()
            {
                Output = context.Out.Writer,
                Error = context.Error.Writer,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, context.Interrupted);
        }
        catch (InputException exception)
        {
            await context.Out.Writer.FlushAsync();
            await context.Error.Writer.WriteLineAsync($"raft: {Format.OneLine(exception.Message)}");
            return ExitStatus.BadInput;
        }
        catch (OperationCanceledException) when (context.Interrupted.IsCancellationRequested)
        {
            await context.Out.Writer.FlushAsync();
            if (context.Out.Writer is GuardedWriter { Failure: null })
            {
                await context.Error.Writer.WriteLineAsync("raft: interrupted");
            }

            return ExitStatus.Interrupted;
        }
        catch (MutantNeededException needed) when (context.NeedsMutant is { } tell)
        {
            tell(needed.Mutant, needed.Folder);
            return ExitStatus.NothingFound;
        }
    }

    /// <summary>Parses a command line.</summary>
    /// <param name="args">The arguments, without the name of the program.</param>
    /// <param name="context">The context of the command.</param>
    /// <exception cref="InputException">The command line is invalid.</exception>
    internal static ParseResult Parse(IReadOnlyList<string> args, CommandContext context)
    {
        RootCommand root = new("Explores schedules of a Raft cluster in search of a violated property, and replays the violations.")
        {
            ListCommand.Create(context),
            TestCommand.Create(context),
            MergeCommand.Create(context),
            ReplayCommand.Create(context),
            ShrinkCommand.Create(context),
            ShowCommand.Create(context),
            LabCommand.Create(context),
            CheckCommand.Create(context),
            LinearizeCommand.Create(context),
            MutantsCommand.Create(context),
            MutantsCommand.MutantOption,
        };
        ParseResult parsed = root.Parse(args.Count == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return ParseErrors.First(parsed) is { } error ? throw new InputException(error) : parsed;
    }
}
