namespace Raft.Verified.Protocol;

/// <summary>
/// One entry of the log (paper, section 5.3). An entry is immutable, so a log, a message in flight and a pending write
/// can share it. Entries are equal when their content is, including the bytes of the command.
/// </summary>
/// <param name="term">The term of the leader that created the entry.</param>
/// <param name="index">The entry's position in the log.</param>
/// <param name="kind">The kind of the entry.</param>
/// <param name="command">The state machine's command; empty for <see cref="EntryKind.Empty"/>.</param>
public sealed class LogEntry(Term term, LogIndex index, EntryKind kind, ReadOnlyMemory<byte> command) : IEquatable<LogEntry>
{
    /// <summary>The term of the leader that created the entry.</summary>
    public Term Term { get; } = term;

    /// <summary>The entry's position in the log.</summary>
    public LogIndex Index { get; } = index;

    /// <summary>The kind of the entry.</summary>
    public EntryKind Kind { get; } = kind;

    /// <summary>The state machine's command; opaque to Raft. The bytes must not change after they were proposed.</summary>
    public ReadOnlyMemory<byte> Command { get; } = command;

    /// <summary>
    /// The size of the entry in a plain fixed-width encoding: 8 bytes of term, 1 of kind, 4 of length, and the command.
    /// </summary>
    public int Size => sizeof(long) + sizeof(byte) + sizeof(int) + Command.Length;

    /// <summary>Returns true when both entries have the same term, index and content.</summary>
    public bool HasSameContentAs(LogEntry other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Equals(other);
    }

    /// <inheritdoc />
    public bool Equals(LogEntry? other) =>
        ReferenceEquals(this, other)
            || (other is not null && Term == other.Term && Index == other.Index && Kind == other.Kind && Command.Span.SequenceEqual(other.Command.Span));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as LogEntry);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Term, Index, Kind, Command.Length);

    /// <summary>Returns <c>index/term</c>, the form used throughout logs and messages.</summary>
    public override string ToString() => Kind == EntryKind.Empty ? $"{Index}/{Term} (empty)" : $"{Index}/{Term}";
}
