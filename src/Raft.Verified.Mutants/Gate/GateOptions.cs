using System.Text.Json.Nodes;
using Raft.Verified.Mutants.Compilation;

namespace Raft.Verified.Mutants.Gate;

/// <summary>The options of the gate.</summary>
public sealed record GateOptions
{
    /// <summary>The first base seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of consecutive base seeds, each of which must find the mutant; at least 1.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>The number of mutants that are tried in parallel; at least 1.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The number of runs per lab test; 0 to skip the lab suite.</summary>
    public int LabRuns { get; init; } = 1;

    /// <summary>
    /// True to run all lab tests, until one fails, when none of those known to catch the mutant does; false to run only
    /// those.
    /// </summary>
    public bool WholeLab { get; init; }

    /// <summary>The maximum duration of shrinking per mutant; zero to skip shrinking.</summary>
    public TimeSpan ShrinkTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The maximum duration of a trial; a mutant that takes longer is reported as an error.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The real-time limit per step, for mutants that are expected to have a step that does not return.
    /// Other mutants have the engine's limit.
    /// </summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The folder that the mutants were read from; null for those of this build. Schedule files record it.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// The full path of the assembly or project that the mutants are seeded into; null for the library. Schedule files
    /// record it.
    /// </summary>
    public string? AssemblyFile { get; init; }

    /// <summary>The folder for the schedule files; null to write none.</summary>
    public string? OutputDirectory { get; init; }

    /// <summary>
    /// The function that explores a scenario with a mutant's assemblies in a new process; null to use this process.
    /// It is used for mutants whose steps do not return, because their threads end only with their process.
    /// Request and answer are those of <see cref="MutantProbe.Explore"/>.
    /// </summary>
    public Func<JsonObject, IReadOnlyList<CompiledAssembly>, CancellationToken, JsonObject>? Explore { get; init; }

    /// <summary>
    /// The function that replays a schedule file against a mutant's assemblies in a new process and returns its exit
    /// status; null to skip the replay.
    /// </summary>
    public Func<string, IReadOnlyList<CompiledAssembly>, CancellationToken, int>? Replay { get; init; }
}
