using System.Buffers.Binary;
using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking.Traces;

/// <summary>Converts the JSON of <see cref="TraceProjection"/> back to values of the protocol.</summary>
internal static class TraceReading
{
    /// <summary>The projection for commands that consist of the bytes of <see cref="Command"/>.</summary>
    public static TraceProjection Projection { get; } = new(ValueOf);

    /// <summary>Returns the bytes that stand for the command with the given number, from 1.</summary>
    public static byte[] Command(long value)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Reads a message. All of its fields must be present, and no others.</summary>
    /// <exception cref="TraceException">The message is malformed.</exception>
    public static Message Message(TraceNode node)
    {
        Message message = Read(node);
        TraceDifference.Require("message", node.Json, Projection.Message(message));
        return message;
    }

    private static Message Read(TraceNode node)
    {
        ServerId from = new((int)node["from"].NumberWithin(1, 64));
        ServerId to = new((int)node["to"].NumberWithin(1, 64));
        Term term = Term(node["term"]);
        return node["type"].Text switch
        {
            "RequestVote" => new RequestVote(from, to, term, Index(node["lastIndex"]), Term(node["lastTerm"])),
            "RequestVoteReply" => new RequestVoteReply(from, to, term, Term(node["requestTerm"]), node["granted"].Flag),
            "AppendEntries" => new AppendEntries(
                from, to, term, Index(node["prevIndex"]), Term(node["prevTerm"]), Entries(node["entries"], node["prevIndex"].Number + 1), Index(node["commit"]))
            {
                Round = Round(node["round"]),
            },
            "AppendEntriesReply" => new AppendEntriesReply(
                from, to, term, Term(node["requestTerm"]), node["success"].Flag, Index(node["prevIndex"]), Index(node["match"]),
                Term(node["conflictTerm"]), Index(node["conflictIndex"]), Index(node["last"]))
            {
                Round = Round(node["round"]),
            },
            "InstallSnapshot" => new InstallSnapshot(
                from, to, term, Index(node["lastIndex"]), Term(node["lastTerm"]), (int)node["offset"].NumberWithin(0, int.MaxValue), node["data"].Bytes,
                node["done"].Flag)
            {
                Round = Round(node["round"]),
            },
            "InstallSnapshotReply" => new InstallSnapshotReply(
                from, to, term, Term(node["requestTerm"]), Index(node["lastIndex"]), (int)node["next"].NumberWithin(0, int.MaxValue), node["installed"].Flag)
            {
                Round = Round(node["round"]),
            },
            var type => throw new TraceException($"message.type is '{type}'; expected the type of a Raft message"),
        };
    }

    private static LogEntry[] Entries(TraceNode node, long first) =>
        [.. node.Items.Select((entry, i) => Entry(Term(entry["term"]), new LogIndex(first + i), entry["val"].NumberWithin(0, long.MaxValue)))];

    private static LogEntry Entry(Term term, LogIndex index, long value) =>
        value == 0 ? new LogEntry(term, index, EntryKind.Empty, default) : new LogEntry(term, index, EntryKind.Command, Command(value));

    private static long ValueOf(LogEntry entry) => entry.Kind == EntryKind.Empty ? 0 : BinaryPrimitives.ReadInt64BigEndian(entry.Command.Span);

    private static Term Term(TraceNode node) => new(node.NumberWithin(0, long.MaxValue));

    private static LogIndex Index(TraceNode node) => new(node.NumberWithin(0, long.MaxValue));

    private static ReadRound Round(TraceNode node) => new(node.NumberWithin(0, long.MaxValue));
}
