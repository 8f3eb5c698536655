namespace Raft.Verified.Testing.Log;

/// <summary>The format of a readable log: its topics, its columns and the capabilities of its destination.</summary>
public sealed record LogFormat
{
    /// <summary>The topics that the log shows.</summary>
    public LogTopic Topics { get; init; } = LogTopic.Default;

    /// <summary>
    /// True for one column per server, false for lines that begin with the name of the server and are not cut.
    /// </summary>
    public bool HasColumns { get; init; } = true;

    /// <summary>
    /// The number of characters per line, which the columns share; null for columns of a fixed width, as in a file.
    /// </summary>
    public int? Width { get; init; }

    /// <summary>True when the log may use the escape codes of terminals for colours.</summary>
    public bool HasColor { get; init; }
}
