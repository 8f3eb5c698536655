using System.Text.Json.Nodes;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Mutants.Gate;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>An assembly of the user as the code that mutants are seeded into.</summary>
/// <param name="assembly">The assembly without a mutant.</param>
/// <param name="project">The project that the assembly was built from.</param>
internal sealed class AssemblySubject(ScenarioAssembly assembly, BuiltProject project) : IMutantSubject
{
    private readonly ProjectCompiler _compiler = new(project);

    public void Check(Mutant mutant)
    {
        if (mutant.Edits.FirstOrDefault(MutantCompiler.IsOfLibrary) is { } edit)
        {
            throw new MutantException($"{mutant.Id}: '{edit.File}' is a file of the library; expected a source file of {assembly.File}, relative to the folder of its project");
        }

        _ = _compiler.Apply(mutant);
        if (mutant.Scenarios.FirstOrDefault(name => Find(name) is null) is { } scenario)
        {
            throw new MutantException($"{mutant.Id}: unknown scenario '{scenario}' ('raft list {AssemblyOption.Name} {assembly.File}' lists them)");
        }

        if (mutant.LabTests.Count > 0)
        {
            throw new MutantException($"{mutant.Id}: \"labTests\" has '{mutant.LabTests[0]}'; the lab tests do not run the code of {assembly.File}");
        }
    }

    public Scenario? Find(string name) => Find(assembly.Scenarios, name);

    public IReadOnlyList<CompiledAssembly> Compile(Mutant mutant, CancellationToken stop) => _compiler.Compile(mutant, stop);

    public IMutantWorld Open(Mutant mutant, IReadOnlyList<CompiledAssembly> changed) =>
        new World(ScenarioDiscovery.Of(assembly.File, ScenarioAssembly.LoadImage(assembly.File, assembly.Image, changed, isCollectible: true)));

    private static Scenario? Find(IReadOnlyList<Scenario> scenarios, string name) => scenarios.FirstOrDefault(scenario => scenario.Name == name);

    // The scenarios are in a context of their own, but the engine is that of the command.
    private sealed class World(IReadOnlyList<Scenario> scenarios) : IMutantWorld
    {
        public JsonObject Explore(JsonObject request, CancellationToken stop) => Complete(MutantProbe.ExploreScenario(Find((string)request["scenario"]!), request, stop), stop);

        public JsonObject Lab(JsonObject request, CancellationToken stop) => throw new NotSupportedException("the lab tests do not run the code of an assembly of the user");

        public JsonObject Shrink(JsonObject request, CancellationToken stop) => Complete(MutantProbe.ShrinkWith(Find, request, stop), stop);

        public void Dispose()
        {
            // The context is unloaded when nothing refers to its scenarios any more.
        }

        private Scenario Find(string name) =>
            AssemblySubject.Find(scenarios, name) ?? throw new InvalidOperationException($"the mutant offers no scenario '{name}'");

        private static JsonObject Complete(JsonObject answer, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            return answer;
        }
    }
}
