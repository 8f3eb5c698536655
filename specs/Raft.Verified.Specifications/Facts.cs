using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// Simple facts about entries, indexes and requests, computed without the servers' own code. A property that used the
/// servers' code would repeat its mistakes.
/// </summary>
internal static class Facts
{
    /// <summary>Returns true when both entries have the same term, index and content.</summary>
    /// <param name="entry">One entry.</param>
    /// <param name="other">The other entry.</param>
    public static bool IsSameAs(this LogEntry entry, LogEntry other) =>
        ReferenceEquals(entry, other)
        || (entry.Term.Value == other.Term.Value && entry.Index.Value == other.Index.Value && entry.Kind == other.Kind
            && entry.Command.Span.SequenceEqual(other.Command.Span));

    /// <summary>Returns the index of the last entry of a request; the previous index when it has no entries.</summary>
    /// <param name="request">The request, with any number of entries.</param>
    public static LogIndex End(this AppendEntries request) => new(request.PrevLogIndex.Value + request.Entries.Length);

    /// <summary>Returns the higher of two indexes.</summary>
    /// <param name="left">One index.</param>
    /// <param name="right">The other index.</param>
    public static LogIndex Higher(LogIndex left, LogIndex right) => left.Value >= right.Value ? left : right;

    /// <summary>Returns the lower of two indexes.</summary>
    /// <param name="left">One index.</param>
    /// <param name="right">The other index.</param>
    public static LogIndex Lower(LogIndex left, LogIndex right) => left.Value <= right.Value ? left : right;
}
