using System.CommandLine;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.Lab;

namespace Raft.Verified.Cli.Commands;

/// <summary>The command <c>raft lab [NAME...]</c>, which runs the tests of the MIT 6.5840 labs many times.</summary>
internal sealed class LabCommand
{
    private const int MaxWorkers = 1024;

    private const long MaxRuns = 1_000_000_000;

    private readonly CommandContext _context;

    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Names of lab tests, prefixes of names, or patterns such as '*3B'. [default: all tests]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<long?> _runs = CommandOptions.Number(
        "-n", "RUNS", "Number of runs per test. [default: 1]", 1, MaxRuns, $"a whole number from 1 to {MaxRuns}");

    private readonly Option<long?> _first = CommandOptions.Number(
        "--run", "I", "Number of the first run. With -n 1, repeats this one run. [default: 0]", 0, MaxRuns, $"a whole number from 0 to {MaxRuns}");

    private readonly Option<ulong?> _seed = CommandOptions.Number<ulong>(
        "--seed", "X", "Seed. Run i of a seed is the same schedule for any number of workers. [default: 1]",
        0, ulong.MaxValue, "a whole number from 0 to 18446744073709551615");

    private readonly Option<int?> _workers = CommandOptions.Number(
        "--workers", "N", "Number of parallel runs. [default: one per processor]", 1, MaxWorkers, $"a whole number from 1 to {MaxWorkers}");

    private readonly Option<string?> _out = CommandOptions.FilePath("--out", "DIR", "Folder for the schedules of failures. [default: out]");

    private readonly Option<double?> _stepTimeout = CommandOptions.StepTimeout();

    private readonly Option<bool> _json = new("--json") { Description = "Prints the report as one JSON object. Progress goes to standard error." };

    private LabCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        LabCommand lab = new(context);
        Command command = new("lab", "Runs the tests of the MIT 6.5840 labs (Raft, rsm, kvraft) in virtual time, and compares their figures with those published by the course.")
        {
            lab._names, lab._runs, lab._first, lab._seed, lab._workers, lab._stepTimeout, lab._out, lab._json,
        };
        AssemblyOption.Refuse(command, "the lab tests run the servers and services of the library");
        command.SetAction((parsed, interrupted) => RunAsync(context, lab.Read(parsed), interrupted));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, LabOptions options, CancellationToken interrupted)
    {
        LabRun run = new(options);
        OutputStream progress = options.Json ? context.Error : context.Out;
        await LabDisplay.ShowAsync(run, progress, interrupted);
        LabReport.Write(run, progress);
        if (options.Json)
        {
            await context.Out.Writer.WriteLineAsync(LabJson.Of(run));
        }

        return run.ExitStatus();
    }

    private LabOptions Read(ParseResult parsed)
    {
        string directory = CommandOptions.Folder(parsed, _out);

        return new LabOptions(
            LabSelection.Select(_context.LabTests, parsed.GetValue(_names) ?? []),
            parsed.GetValue(_runs) ?? 1,
            parsed.GetValue(_first) ?? 0,
            parsed.GetValue(_seed) ?? 1,
            parsed.GetValue(_workers) ?? Environment.ProcessorCount,
            directory,
            parsed.GetValue(_json),
            CommandOptions.StepTimeoutOf(parsed, _stepTimeout),
            _context.FollowUp);
    }
}
