using System.Buffers;

namespace Raft.Verified.Protocol;

/// <summary>Writes values of the protocol as bytes, so that equal values, and no others, have the same bytes.</summary>
public sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(128);

    /// <summary>Writes a number that is not negative, in as few bytes as it takes.</summary>
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

    /// <summary>Writes a truth value.</summary>
    public void Flag(bool value) => Number(value ? 1 : 0);

    /// <summary>Writes bytes behind their number.</summary>
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

    /// <summary>Writes entries behind their number.</summary>
    public void Entries(IReadOnlyList<LogEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Number(entries.Count);
        for (int i = 0; i < entries.Count; i++)
        {
            Entry(entries[i]);
        }
    }

    /// <summary>Writes a snapshot, or that there is none.</summary>
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
    /// <exception cref="ArgumentException">The message is of a kind that is not known here.</exception>
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

    /// <summary>The bytes that were written.</summary>
    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    private void Head(int kind, Message message)
    {
        Number(kind);
        Number(message.From.Value);
        Number(message.To.Value);
        Number(message.Term.Value);
    }
}
