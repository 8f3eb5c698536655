namespace Raft.Verified.Cli;

/// <summary>
/// The exception for a command line whose schedule was recorded with a mutant that this run does not have.
/// </summary>
/// <param name="mutant">The name of the mutant.</param>
/// <param name="folder">The folder of the mutant; null for a mutant of this build.</param>
internal sealed class MutantNeededException(string mutant, string? folder) : Exception($"needs the mutant {mutant}")
{
    /// <summary>The name of the mutant.</summary>
    public string Mutant => mutant;

    /// <summary>The folder of the mutant; null for a mutant of this build.</summary>
    public string? Folder => folder;
}
