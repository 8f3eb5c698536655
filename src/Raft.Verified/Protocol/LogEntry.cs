namespace Raft.Verified.Protocol;

/// <summary>
/// One entry of the log (paper, section 5.3). Immutable, and so safe to share between a log, a message in flight and a
/// write on its way to the disk: an entry is replaced in a log, never changed. Entries are equal when their content is, the bytes of the command included.
/// </summary>
/// <param name="term">The term of the leader that created the entry.</param>
/// <param name="index">Its position.</param>
/// <param name="kind">What it stands for.</param>
/// <param name="command">The state machine's command; empty for <see cref="EntryKind.Empty"/>.</param>
public sealed class LogEntry(Term term, LogIndex index, EntryKind kind, ReadOnlyMemory<byte> command) : IEquatable<LogEntry>
{
    /// <summary>The term of the leader that created the entry.</summary>
    public Term Term { get; } = term;

    /// <summary>The entry's position in the log.</summary>
    public LogIndex Index { get; } = index;

    /// <summary>What the entry stands for.</summary>
    public EntryKind Kind { get; } = kind;

    /// <summary>The state machine's command; opaque to Raft. The bytes must not change after they were proposed.</summary>
    public ReadOnlyMemory<byte> Command { get; } = command;

    /// <summary>The length of the entry where each field is written plainly: 8 bytes of term, 1 of kind, 4 of length, and the command.</summary>
    public int Size => sizeof(long) + sizeof(byte) + sizeof(int) + Command.Length;

    /// <summary>Whether both are the same entry with the same content.</summary>
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

    /// <summary><c>index/term</c>, the form used throughout logs and messages.</summary>
    public override string ToString() => Kind == EntryKind.Empty ? $"{Index}/{Term} (empty)" : $"{Index}/{Term}";
}
