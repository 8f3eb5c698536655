using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>
/// The lengths of messages on a wire with a plain fixed-width encoding: 8 bytes for a term or an index, 4 for a server,
/// a length or an offset, 1 for a flag or a kind. The limits of the labs were made for Go's encoding, which also
/// describes the types. Their purpose is to bound how often the bytes of commands travel.
/// </summary>
public static class MessageSize
{
    private const int Flag = 1;
    private const int Length = 4;
    private const int Number = 8;
    private const int Header = Flag + (2 * Length) + Number;
    private const int EntryHeader = Number + Flag + Length;

    /// <summary>Returns true when a message is a request rather than a reply.</summary>
    public static bool IsRequest(Message message) => message is RequestVote or AppendEntries or InstallSnapshot;

    /// <summary>Returns the length of a message, in bytes.</summary>
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

    /// <summary>Returns the length of entries, in bytes, in a message or on disk.</summary>
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
