namespace Raft.Verified.Linearizability.Files.Edn;

/// <summary>
/// The exception for a value that cannot be read or compared. Its message says what was found and what was expected.
/// </summary>
internal sealed class EdnException(string problem) : Exception(problem);
