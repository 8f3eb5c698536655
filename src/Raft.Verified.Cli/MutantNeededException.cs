namespace Raft.Verified.Cli;

/// <summary>The command line is one for a world with a seeded bug: its schedule was recorded there.</summary>
/// <param name="mutant">The name of the bug.</param>
/// <param name="folder">The folder that it comes from; null for those of this build.</param>
internal sealed class MutantNeededException(string mutant, string? folder) : Exception($"needs the seeded bug {mutant}")
{
    /// <summary>The name of the bug.</summary>
    public string Mutant => mutant;

    /// <summary>The folder that it comes from; null for those of this build.</summary>
    public string? Folder => folder;
}
