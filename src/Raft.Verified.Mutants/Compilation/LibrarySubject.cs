using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Gate;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Simulation;

namespace Raft.Verified.Mutants.Compilation;

/// <summary>The library as the code that mutants are seeded into.</summary>
public sealed class LibrarySubject : IMutantSubject
{
    private readonly MutantCompiler _compiler = new();

    /// <inheritdoc />
    public void Check(Mutant mutant)
    {
        ArgumentNullException.ThrowIfNull(mutant);
        _ = MutantCompiler.Apply(mutant);
        if (mutant.Scenarios.FirstOrDefault(name => Find(name) is null) is { } scenario)
        {
            throw new MutantException($"{mutant.Id}: unknown scenario '{scenario}' ('raft list' lists them)");
        }

        if (mutant.LabTests.FirstOrDefault(name => LabSuite.All.All(test => test.Name != name)) is { } labTest)
        {
            throw new MutantException($"{mutant.Id}: unknown lab test '{labTest}'");
        }
    }

    /// <inheritdoc />
    public Scenario? Find(string name) => MutantGate.Find(name);

    /// <inheritdoc />
    public IReadOnlyList<CompiledAssembly> Compile(Mutant mutant, CancellationToken stop) => _compiler.Compile(mutant);

    /// <inheritdoc />
    public IMutantWorld Open(Mutant mutant, IReadOnlyList<CompiledAssembly> changed)
    {
        ArgumentNullException.ThrowIfNull(mutant);
        return new MutantWorld(mutant.Id, changed);
    }
}
