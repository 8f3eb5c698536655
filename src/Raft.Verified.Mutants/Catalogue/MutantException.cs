namespace Raft.Verified.Mutants.Catalogue;

/// <summary>
/// The exception for a data file of the catalogue that is malformed or does not match the sources.
/// Its message names the file, what was found and what was expected.
/// </summary>
public sealed class MutantException(string message) : Exception(message);
