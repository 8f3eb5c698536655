using Raft.Verified.Cli.Output.Check;
using Raft.Verified.Exploration.Paths;
using Raft.Verified.Exploration.Simulation;
using Raft.Verified.ModelChecking;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.Models;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>Steps of a model, taken by the shipping servers in the simulated world.</summary>
public sealed class PathTests
{
    private static readonly ModelBounds Elections = ModelLibrary.Find("elections")!;

    public static TheoryData<string> Synchronous => new("replication", "snapshots", "reads", "disks");

    [Theory]
    [MemberData(nameof(Synchronous))]
    public void Every_step_of_a_model_exists_on_the_servers(string name)
    {
        ModelBounds bounds = Bounds(name);
        for (ulong seed = 1; seed <= 30; seed++)
        {
            PathOutcome outcome = Take(bounds, RandomWalk.Of(bounds, seed, 60));

            Assert.True(outcome.Schedule is null, $"seed {seed}: {outcome.Schedule?.Header.Property}: {outcome.Schedule?.Header.Message}");
            foreach (string n in outcome.Notes) Console.WriteLine($"{name} {seed} {n}");
            if (!bounds.AsyncDisk) Assert.True(outcome.Notes.Count == 0, $"seed {seed}: {string.Join("; ", outcome.Notes)}");
        }
    }

    private static ModelBounds Bounds(string name) => name switch
    {
        "replication" => new ModelBounds { Name = name, Servers = 3, MaxTerm = 4, MaxProposals = 3, MaxCrashes = 3, MaxEntries = 2, EmptyEntry = false },
        "snapshots" => new ModelBounds { Name = name, Servers = 3, MaxTerm = 3, MaxProposals = 4, MaxCrashes = 3, MaxCompactions = 4, Chunks = 2 },
        "reads" => new ModelBounds { Name = name, Servers = 3, MaxTerm = 4, MaxProposals = 2, MaxRounds = 3 },
        _ => new ModelBounds { Name = name, Servers = 3, MaxTerm = 4, MaxProposals = 3, MaxCrashes = 4, MaxCompactions = 2, AsyncDisk = true },
    };

    private static PathOutcome Take(ModelBounds bounds, IEnumerable<ModelStep> steps) =>
        PathRunner.Run(CheckSchedule.ScenarioOf(bounds), CheckSchedule.PathOf(steps), bounds.AsyncDisk, new PathMode(EarlyWrites: true, GoesOn: false), null);
}
