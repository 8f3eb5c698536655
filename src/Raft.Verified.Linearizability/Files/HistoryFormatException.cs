namespace Raft.Verified.Linearizability.Files;

/// <summary>A file is no history. The message is one line that names the file and the line, what was found and what was expected.</summary>
public sealed class HistoryFormatException : Exception
{
    internal HistoryFormatException(string file, HistoryEntryException problem)
        : base(problem.Line == 0 ? $"{file}: {OneLine(problem.Message)}" : $"{file}, line {problem.Line}: {OneLine(problem.Message)}")
    {
    }

    // What was found may have line ends in it.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
