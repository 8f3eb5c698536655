using System.Buffers;

namespace Raft.Verified.Protocol;

/// <summary>A writer of protocol values as bytes. Two values have the same bytes exactly when they are equal.</summary>
public sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(128);

    /// <summary>Writes a non-negative number in a variable-length encoding.</summary>
    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Span<byte> span = _buffer.GetSpan(10);
        int length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _buffer.Advance(length);
    }

    /// <summary>Writes a Boolean value.</summary>
    public void Flag(bool value) => Number(value ? 1 : 0);

    /// <summary>Writes the number of bytes, then the bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        _buffer.Write(bytes);
    }

    /// <summary>Writes an entry.</summary>
    public void Entry(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Number(entry.Term.Value);
        Number(entry.Index.Value);
        Number((int)entry.Kind);
        Bytes(entry.Command.Span);
    }

    /// <summary>Writes the number of entries, then the entries.</summary>
    public void Entries(IReadOnlyList<LogEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Number(entries.Count);
        for (int i = 0; i < entries.Count; i++)
        {
            Entry(entries[i]);
        }
    }

    /// <summary>Writes a snapshot; null is written as the absence of a snapshot.</summary>
    public void Snapshot(Snapshot? snapshot)
    {
        Flag(snapshot is not null);
        if (snapshot is not null)
        {
            Number(snapshot.LastIncludedIndex.Value);
            Number(snapshot.LastIncludedTerm.Value);
            Bytes(snapshot.Data.Span);
        }
    }

    /// <summary>Writes a message.</summary>
    /// <exception cref="ArgumentException">The type of the message is unknown.</exception>
    public void Message(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        switch (message)
        {
            case RequestVote request:
                Head(1, message);
                Number(request.LastLogIndex.Value);
                Number(request.LastLogTerm.Value);
                break;
            case RequestVoteReply reply:
                Head(2, message);
                Number(reply.RequestTerm.Value);
                Flag(reply.VoteGranted);
                break;
            case AppendEntries request:
                Head(3, message);
                Number(request.PrevLogIndex.Value);
                Number(request.PrevLogTerm.Value);
                Entries(request.Entries.ToArray());
                Number(request.LeaderCommit.Value);
                Number(request.Round.Value);
                break;
            case AppendEntriesReply reply:
                Head(4, message);
                Number(reply.RequestTerm.Value);
                Flag(reply.Success);
                Number(reply.PrevLogIndex.Value);
                Number(reply.MatchIndex.Value);
                Number(reply.ConflictTerm.Value);
                Number(reply.ConflictIndex.Value);
                Number(reply.LastLogIndex.Value);
                Number(reply.Round.Value);
                break;
            case InstallSnapshot request:
                Head(5, message);
                Number(request.LastIncludedIndex.Value);
                Number(request.LastIncludedTerm.Value);
                Number(request.Offset);
                Bytes(request.Data.Span);
                Flag(request.Done);
                Number(request.Round.Value);
                break;
            case InstallSnapshotReply reply:
                Head(6, message);
                Number(reply.RequestTerm.Value);
                Number(reply.LastIncludedIndex.Value);
                Number(reply.NextOffset);
                Flag(reply.Installed);
                Number(reply.Round.Value);
                break;
            default:
                throw new ArgumentException($"unknown message {message.GetType().Name}", nameof(message));
        }
    }

    /// <summary>Returns the bytes written so far.</summary>
    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    private void Head(int kind, Message message)
    {
        Number(kind);
        Number(message.From.Value);
        Number(message.To.Value);
        Number(message.Term.Value);
    }
}
