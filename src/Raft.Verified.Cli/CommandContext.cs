using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli;

/// <summary>
/// The environment of a command: the scenarios it works on and the streams it uses, of the console or of a test.
/// </summary>
internal sealed record CommandContext
{
    /// <summary>The scenarios, in the order in which they are listed and explored.</summary>
    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    /// <summary>
    /// The scenarios that are found by name only. They take long, so they are neither listed nor explored by default.
    /// </summary>
    public IReadOnlyList<Scenario> FoundByName { get; init; } = [];

    /// <summary>The tests of the lab suite.</summary>
    public IReadOnlyList<LabSuiteTest> LabTests { get; init; } = [];

    /// <summary>Standard output, for the result that the user asked for.</summary>
    public required OutputStream Out { get; init; }

    /// <summary>Standard error, for errors and, with <c>--json</c>, the progress.</summary>
    public required OutputStream Error { get; init; }

    /// <summary>The token that asks for an early end.</summary>
    public CancellationToken Interrupted { get; init; }

    /// <summary>The function that opens standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>The clock of the notices about long work.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The factory for the command lines that reports suggest.</summary>
    public FollowUp FollowUp { get; init; } = new();

    /// <summary>
    /// The callback that asks to run the whole command line with a mutant: its name, and its folder, or null for the
    /// mutants of this build. Null when mutants cannot be seeded here.
    /// </summary>
    public Action<string, string?>? NeedsMutant { get; init; }

    /// <summary>The assembly of the user that offers the scenarios; null for those of the library.</summary>
    public ScenarioAssembly? Assembly { get; init; }

    /// <summary>The mutant of an assembly of the user that the command line asks for; null for none.</summary>
    public Mutant? AssemblyMutant { get; init; }

    /// <summary>
    /// The compiled assemblies of a mutant of an assembly of the user, which replace those of the same name.
    /// </summary>
    public IReadOnlyList<CompiledAssembly> AssemblyImages { get; init; } = [];

    /// <summary>Creates a watchdog for the steps of the schedules that a command runs.</summary>
    /// <param name="limit">The maximum real time per step.</param>
    public StepWatchdog Watch(TimeSpan limit) => new(limit, Interrupted)
    {
        // A slow reader of the output does not count as a slow step.
        IsAtRest = () => Out.Writer is GuardedWriter { IsWriting: true },
    };

    /// <summary>Returns the fingerprint of this build for a scenario.</summary>
    /// <param name="scenario">The scenario whose assembly is part of the fingerprint.</param>
    public static string Build(Scenario scenario) => BuildFingerprint.Of(scenario.Assembly);
}
