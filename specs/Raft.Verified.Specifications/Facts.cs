using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// Simple facts about entries, indexes and requests, found out here once more: a property that asked the servers' own code for them would agree with
/// its mistakes.
/// </summary>
internal static class Facts
{
    /// <summary>Whether both are the same entry with the same content.</summary>
    public static bool IsSameAs(this LogEntry entry, LogEntry other) =>
        ReferenceEquals(entry, other)
        || (entry.Term.Value == other.Term.Value && entry.Index.Value == other.Index.Value && entry.Kind == other.Kind
            && entry.Command.Span.SequenceEqual(other.Command.Span));

    /// <summary>The last entry that a request has; its previous one when it has none.</summary>
    public static LogIndex End(this AppendEntries request) => new(request.PrevLogIndex.Value + request.Entries.Length);

    /// <summary>The higher of two indexes.</summary>
    public static LogIndex Higher(LogIndex left, LogIndex right) => left.Value >= right.Value ? left : right;

    /// <summary>The lower of two indexes.</summary>
    public static LogIndex Lower(LogIndex left, LogIndex right) => left.Value <= right.Value ? left : right;
}
