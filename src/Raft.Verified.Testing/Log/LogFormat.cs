namespace Raft.Verified.Testing.Log;

/// <summary>The format of a readable log: its topics, its columns and the capabilities of its destination.</summary>
public sealed record LogFormat
{
    /// <summary>The topics that the log shows.</summary>
    public LogTopic Topics { get; init; } = LogTopic.Default;

    /// <summary>
    /// True for one column per server with events, false for one uncut line per event that begins with the name of the
    /// server; null for columns if they fit in <see cref="Width"/>.
    /// </summary>
    public bool? Columns { get; init; }

    /// <summary>
    /// The number of characters per line, as on a terminal; longer texts continue in the next line. Null for lines of any
    /// length, as in a file.
    /// </summary>
    public int? Width { get; init; }

    /// <summary>True when the log may use the escape codes of terminals for colours.</summary>
    public bool HasColor { get; init; }

    /// <summary>The part of the run that the log shows.</summary>
    internal LogFilter Filter { get; init; } = LogFilter.None;
}
