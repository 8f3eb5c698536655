namespace Raft.Verified.Specifications.Linearizability.Files;

/// <summary>A file is no history. The message is one line that names the file and the line, what was found and what was expected.</summary>
public sealed class HistoryFormatException : Exception
{
    internal HistoryFormatException(string file, int line, string problem)
        : base($"{file}, line {line}: {problem}")
    {
    }

    internal HistoryFormatException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}
