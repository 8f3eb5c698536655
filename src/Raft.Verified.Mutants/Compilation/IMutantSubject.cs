using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Simulation;

namespace Raft.Verified.Mutants.Compilation;

/// <summary>The code that mutants are seeded into, and the scenarios that explore it. Its methods are thread-safe.</summary>
public interface IMutantSubject
{
    /// <summary>Checks that a mutant matches the sources, scenarios and lab tests.</summary>
    /// <param name="mutant">The mutant to check.</param>
    /// <exception cref="MutantException">
    /// A text to replace does not occur exactly once, or a scenario or lab test does not exist.
    /// </exception>
    void Check(Mutant mutant);

    /// <summary>Returns the scenario of the correct code with the given name; null when there is none.</summary>
    /// <param name="name">The exact name of a scenario.</param>
    Scenario? Find(string name);

    /// <summary>Compiles the assemblies that a mutant changes.</summary>
    /// <param name="mutant">The mutant to compile.</param>
    /// <param name="stop">The token that ends the compilation early.</param>
    /// <exception cref="MutantException">The mutant cannot be made, or does not compile.</exception>
    IReadOnlyList<CompiledAssembly> Compile(Mutant mutant, CancellationToken stop);

    /// <summary>Opens the scenarios with the changed assemblies.</summary>
    /// <param name="mutant">The mutant that was compiled.</param>
    /// <param name="changed">The compiled assemblies.</param>
    IMutantWorld Open(Mutant mutant, IReadOnlyList<CompiledAssembly> changed);
}
