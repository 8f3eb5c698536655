namespace Raft.Verified.Linearizability.Files;

/// <summary>The exception for a place in a file that does not belong into a history.</summary>
/// <param name="line">The line, from 1; 0 when the error is about the file as a whole.</param>
/// <param name="problem">The description of what was found and what was expected.</param>
internal sealed class HistoryEntryException(int line, string problem) : Exception(problem)
{
    /// <summary>The line, from 1; 0 when the error is about the file as a whole.</summary>
    public int Line => line;
}
