namespace Raft.Verified.Linearizability.Files;

/// <summary>The error that a place in a file is not what a history has there.</summary>
/// <param name="line">The number of the line, from 1; 0 when the error is about the file as a whole.</param>
/// <param name="problem">A description of what was found and what was expected.</param>
internal sealed class HistoryEntryException(int line, string problem) : Exception(problem)
{
    /// <summary>The number of the line, from 1; 0 when the error is about the file as a whole.</summary>
    public int Line => line;
}
