using System.Buffers.Binary;

namespace Raft.Verified.Scenarios;

/// <summary>
/// The state of the scenarios' state machine, as plain data: the number of commands and a hash over them in order. For
/// each client it keeps the last command and its answer, so that a retry is recognised. A lost, repeated or misplaced
/// command shows in the answers.
/// </summary>
internal sealed class JournalState
{
    private const int HeaderLength = 16;
    private const int WriterOffset = 7;
    private const int ClientLength = 24;
    private const int CommandLength = 12;

    private long[] _lastSequence = [];
    private long[] _lastCount = [];
    private ulong[] _lastHash = [];
    private long _count;
    private ulong _hash;

    public static ReadOnlyMemory<byte> Command(int client, long sequence)
    {
        byte[] command = new byte[CommandLength];
        BinaryPrimitives.WriteInt32LittleEndian(command, client);
        BinaryPrimitives.WriteInt64LittleEndian(command.AsSpan(4), sequence);
        return command;
    }

    public static (int Client, long Sequence) Parse(ReadOnlySpan<byte> command) =>
        (BinaryPrimitives.ReadInt32LittleEndian(command), BinaryPrimitives.ReadInt64LittleEndian(command[4..]));

    public ReadOnlyMemory<byte> Apply(ReadOnlySpan<byte> command)
    {
        (int client, long sequence) = Parse(command);
        if (client >= _lastSequence.Length)
        {
            Array.Resize(ref _lastSequence, client + 1);
            Array.Resize(ref _lastCount, client + 1);
            Array.Resize(ref _lastHash, client + 1);
        }

        if (sequence > _lastSequence[client])
        {
            _count++;
            _hash = (_hash ^ ((ulong)client << 48) ^ (ulong)sequence) * 0x9E3779B97F4A7C15UL;
            (_lastSequence[client], _lastCount[client], _lastHash[client]) = (sequence, _count, _hash);
        }

        byte[] answer = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(answer, _lastCount[client]);
        BinaryPrimitives.WriteUInt64LittleEndian(answer.AsSpan(8), _lastHash[client]);
        return answer;
    }

    /// <summary>
    /// Serializes the state in a server's own encoding. Every byte differs from the encoding of other servers, so that
    /// pieces of two snapshots do not fit together.
    /// </summary>
    /// <param name="writer">The number of the server; 0 for the plain form.</param>
    /// <param name="tail">The number of padding bytes after the state; less than the size of a client's record.</param>
    public ReadOnlyMemory<byte> Write(int writer = 0, int tail = 0)
    {
        byte[] data = new byte[HeaderLength + (_lastSequence.Length * ClientLength) + tail];
        BinaryPrimitives.WriteInt64LittleEndian(data, _count);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(8), _hash);
        for (int client = 0; client < _lastSequence.Length; client++)
        {
            Span<byte> record = data.AsSpan(HeaderLength + (client * ClientLength));
            BinaryPrimitives.WriteInt64LittleEndian(record, _lastSequence[client]);
            BinaryPrimitives.WriteInt64LittleEndian(record[8..], _lastCount[client]);
            BinaryPrimitives.WriteUInt64LittleEndian(record[16..], _lastHash[client]);
        }

        Rewrite(data, writer);
        data[WriterOffset] = (byte)writer;
        return data;
    }

    /// <summary>
    /// Returns a snapshot in the plain form. Bytes that no single server has written return no valid state.
    /// </summary>
    public static ReadOnlyMemory<byte> Plain(ReadOnlyMemory<byte> snapshot)
    {
        byte[] data = snapshot.ToArray();
        if (data.Length < HeaderLength)
        {
            return data;
        }

        Rewrite(data, data[WriterOffset]);
        data[WriterOffset] = 0;
        int tail = (data.Length - HeaderLength) % ClientLength;
        return data.AsSpan(data.Length - tail).ContainsAnyExcept((byte)0) ? data : data.AsMemory(0, data.Length - tail);
    }

    // The highest byte of the count is always 0 in a state, so the encoding stores the number of the writer there.
    private static void Rewrite(Span<byte> data, int writer)
    {
        if (writer == 0)
        {
            return;
        }

        byte kept = data[WriterOffset];
        byte mark = (byte)(37 * writer);
        foreach (ref byte b in data)
        {
            b ^= mark;
        }

        data[WriterOffset] = kept;
    }

    public void Read(ReadOnlyMemory<byte> snapshot)
    {
        ReadOnlySpan<byte> data = Plain(snapshot).Span;
        _count = BinaryPrimitives.ReadInt64LittleEndian(data);
        _hash = BinaryPrimitives.ReadUInt64LittleEndian(data[8..]);
        int clients = (data.Length - HeaderLength) / ClientLength;
        (_lastSequence, _lastCount, _lastHash) = (new long[clients], new long[clients], new ulong[clients]);
        for (int client = 0; client < clients; client++)
        {
            ReadOnlySpan<byte> record = data[(HeaderLength + (client * ClientLength))..];
            _lastSequence[client] = BinaryPrimitives.ReadInt64LittleEndian(record);
            _lastCount[client] = BinaryPrimitives.ReadInt64LittleEndian(record[8..]);
            _lastHash[client] = BinaryPrimitives.ReadUInt64LittleEndian(record[16..]);
        }
    }
}
