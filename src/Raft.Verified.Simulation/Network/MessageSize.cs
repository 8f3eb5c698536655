using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>
/// How long messages are on a wire that packs each field plainly: 8 bytes for a term or an index, 4 for a server, a length or an offset, 1 for a
/// flag or a kind. The limits of the labs were made for Go's encoding, which also describes the types; what they bound is how often the bytes of
/// commands travel.
/// </summary>
public static class MessageSize
{
    private const int Flag = 1;
    private const int Length = 4;
    private const int Number = 8;
    private const int Header = Flag + (2 * Length) + Number;
    private const int EntryHeader = Number + Flag + Length;

    /// <summary>Whether a message asks, rather than answers.</summary>
    public static bool IsRequest(Message message) => message is RequestVote or AppendEntries or InstallSnapshot;

    /// <summary>The length of a message, in bytes.</summary>
    public static int Of(Message message) => Header + message switch
    {
        RequestVote => 2 * Number,
        RequestVoteReply => Number + Flag,
        AppendEntries append => (3 * Number) + Length + Of(append.Entries.Span),
        AppendEntriesReply => (6 * Number) + Flag,
        InstallSnapshot chunk => (2 * Number) + (2 * Length) + Flag + chunk.Data.Length,
        InstallSnapshotReply => (2 * Number) + Length + Flag,
        _ => throw new ArgumentException($"unknown message {message.GetType().Name}", nameof(message)),
    };

    /// <summary>The length of entries, in bytes, in a message or on disk.</summary>
    public static int Of(ReadOnlySpan<LogEntry> entries)
    {
        int bytes = entries.Length * EntryHeader;
        foreach (LogEntry entry in entries)
        {
            bytes += entry.Command.Length;
        }

        return bytes;
    }
}
