using System.Security.Cryptography;
using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// The contents of snapshots. A content is one byte, repeated for each chunk, which marks the history that the snapshot
/// replaces. The mark is derived from the history, so that it is the same in every search. One thread at a time may
/// create marks. Meanwhile other threads may read marks that they know.
/// </summary>
/// <param name="chunks">The number of chunks of a snapshot.</param>
internal sealed class SnapshotMarks(int chunks)
{
    private readonly LogEntry[]?[] _histories = new LogEntry[256][];

    /// <summary>Returns the history that a byte of a snapshot marks; null when it marks none.</summary>
    public LogEntry[]? HistoryOf(byte mark) => _histories[mark];

    /// <summary>
    /// Returns the history that a snapshot replaces: the empty one for no snapshot, and null when its chunks do not
    /// belong together.
    /// </summary>
    public LogEntry[]? HistoryOf(Snapshot? snapshot)
    {
        if (snapshot is null)
        {
            return [];
        }

        ReadOnlySpan<byte> data = snapshot.Data.Span;
        int half = data.Length / chunks;
        byte[] first = data[..half].ToArray();
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            if (!data.Slice(chunk * half, half).SequenceEqual(first))
            {
                return null;
            }
        }

        return data.Length == chunks ? _histories[first[0]] : null;
    }

    /// <summary>
    /// Returns the content of the snapshot that replaces a history, and creates its mark if necessary.
    /// </summary>
    /// <exception cref="NotSupportedException">
    /// The model has more different snapshots than a byte has values.
    /// </exception>
    public byte[] DataOf(LogEntry[] history)
    {
        byte[] bytes = BytesOf(history);
        for (int i = 0; i < _histories.Length; i++)
        {
            byte mark = (byte)(SHA256.HashData(bytes)[0] + i);
            LogEntry[] marked = _histories[mark] ??= history;
            if (BytesOf(marked).AsSpan().SequenceEqual(bytes))
            {
                byte[] data = new byte[chunks];
                Array.Fill(data, mark);
                return data;
            }
        }

        throw new NotSupportedException($"the model has more than {_histories.Length} different snapshots; use smaller bounds");
    }

    private static byte[] BytesOf(LogEntry[] history)
    {
        StateWriter writer = new();
        writer.Entries(history);
        return writer.ToArray();
    }
}
