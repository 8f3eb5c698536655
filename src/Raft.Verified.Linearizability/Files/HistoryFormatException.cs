namespace Raft.Verified.Linearizability.Files;

/// <summary>
/// The exception for a file that is not a history. Its message is one line: the file, the line in it, what was found
/// and what was expected.
/// </summary>
public sealed class HistoryFormatException : Exception
{
    internal HistoryFormatException(string file, HistoryEntryException problem)
        : base(problem.Line == 0 ? $"{file}: {OneLine(problem.Message)}" : $"{file}, line {problem.Line}: {OneLine(problem.Message)}")
    {
    }

    // The text that was found may contain line ends.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
