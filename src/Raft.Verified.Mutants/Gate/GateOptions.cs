using System.Text.Json.Nodes;
using Raft.Verified.Mutants.Compilation;

namespace Raft.Verified.Mutants.Gate;

/// <summary>How the gate works.</summary>
public sealed record GateOptions
{
    /// <summary>The first base seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many base seeds must each find the mutant; at least 1. They follow the first one.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>How many mutants are tried side by side; at least 1.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>How often each lab test is run; 0 for not asking the lab suite.</summary>
    public int LabRuns { get; init; } = 1;

    /// <summary>Whether all lab tests are asked, until one fails, where none that is known to catch the mutant does.</summary>
    public bool WholeLab { get; init; }

    /// <summary>For how long the schedule of a mutant is shrunk at most; zero for not at all.</summary>
    public TimeSpan ShrinkTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>For how long a mutant is tried at most: one that takes longer is an error.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a step of a mutant may take, in real time, that is expected to have one that does not return.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The folder that the mutants come from; null for those of this build. Schedules say so.</summary>
    public string? Folder { get; init; }

    /// <summary>Where the schedules go; null for nowhere.</summary>
    public string? OutputDirectory { get; init; }

    /// <summary>
    /// Explores a scenario in a new process with a mutant's assemblies; null for doing so in this one. Asked for mutants whose steps do not return: their threads end with their
    /// process only. Request and answer are those of <see cref="MutantProbe.Explore"/>.
    /// </summary>
    public Func<JsonObject, IReadOnlyList<CompiledAssembly>, CancellationToken, JsonObject>? Explore { get; init; }

    /// <summary>Replays a schedule file against a mutant's assemblies in a new process, and gives its exit status; null for not doing so.</summary>
    public Func<string, IReadOnlyList<CompiledAssembly>, CancellationToken, int>? Replay { get; init; }
}
