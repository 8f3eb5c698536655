using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>
/// The binary format of snapshots. It begins with a magic number, format 2, the lifetime of sessions, and the five
/// limits in the order of <see cref="KeyValueLimits"/>. Next is the number of keys, followed by key, value and version
/// of each key in ordinal order. Next is the number of open sessions, followed by the sessions, idle longest first.
/// Each has its number, last activity, last sequence number, and the status and version of its last answer. Last is the
/// number of ended sessions, followed by the sessions, ended first to last. Each has its number, last sequence number,
/// and the status and version of its last answer.
/// </summary>
internal static class KeyValueSnapshot
{
    private const int Magic = 0x564B5652; // "RVKV"
    private const byte Format = 2;
    private const int SessionLength = 33;
    private const int EndedSessionLength = 25;
    private const int HeaderLength = 4 + 1 + 8 + (5 * 4) + (3 * 4);

    public static ReadOnlyMemory<byte> Write(KeyValueStore store)
    {
        long length = HeaderLength + store.StateBytes
            + ((long)SessionLength * store.Sessions.Count) + ((long)EndedSessionLength * store.Sessions.Ended.Count);
        FieldWriter writer = new(checked((int)length));
        writer.Count(Magic);
        writer.Byte(Format);
        writer.Number(store.Sessions.Lifetime);
        WriteLimits(writer, store.Limits);
        writer.Count(store.Values.Count);
        foreach ((string key, Versioned value) in store.Values)
        {
            writer.Text(key);
            writer.Text(value.Value);
            writer.Number(value.Version);
        }

        writer.Count(store.Sessions.Count);
        foreach (Session session in store.Sessions.All)
        {
            writer.Number(session.Number);
            writer.Number(session.LastActive.Value);
            writer.Number(session.LastSequence);
            KeyValueEncoding.WriteKept(writer, session.LastReply);
        }

        writer.Count(store.Sessions.Ended.Count);
        foreach (Session ended in store.Sessions.Ended)
        {
            writer.Number(ended.Number);
            writer.Number(ended.LastSequence);
            KeyValueEncoding.WriteKept(writer, ended.LastReply);
        }

        return writer.ToMemory();
    }

    /// <summary>Decodes a snapshot into a new store.</summary>
    /// <param name="bytes">The bytes of the snapshot, and no others.</param>
    /// <param name="sessionLifetime">This server's lifetime of idle sessions, in entries of the log.</param>
    /// <param name="limits">This server's limits.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are not a snapshot, or they come from servers with another session lifetime or other limits.
    /// </exception>
    public static KeyValueStore Read(ReadOnlySpan<byte> bytes, long sessionLifetime, KeyValueLimits limits)
    {
        FieldReader reader = new(bytes);
        if (!reader.TryCount(out int magic) || magic != Magic || !reader.TryByte(out byte format))
        {
            throw Invalid($"its {bytes.Length} bytes do not begin as one");
        }

        if (format != Format)
        {
            throw Invalid($"it has format {format}; expected {Format}");
        }

        if (!reader.TryNumber(out long lifetime))
        {
            throw Invalid("it ends in the header");
        }

        if (lifetime != sessionLifetime)
        {
            throw Invalid($"its sessions live for {lifetime} entries, this server's for {sessionLifetime}; all servers need the same setting");
        }

        if (ReadLimits(ref reader) is var written && written != limits)
        {
            throw Invalid($"it was written with {written}; this server has {limits}; all servers need the same settings");
        }

        KeyValueStore store = new(new SessionTable(lifetime, limits), limits);
        ReadValues(ref reader, store);
        ReadSessions(ref reader, store.Sessions);
        ReadEndedSessions(ref reader, store.Sessions);
        return reader.IsAtEnd ? store : throw Invalid($"{reader.Remaining} bytes follow its end");
    }

    private static void WriteLimits(FieldWriter writer, KeyValueLimits limits)
    {
        writer.Count(limits.MaxKeyBytes);
        writer.Count(limits.MaxValueBytes);
        writer.Count(limits.MaxStateBytes);
        writer.Count(limits.MaxSessions);
        writer.Count(limits.MaxEndedSessions);
    }

    private static KeyValueLimits ReadLimits(ref FieldReader reader)
    {
        if (!reader.TryCount(out int key) || !reader.TryCount(out int value) || !reader.TryCount(out int state)
            || !reader.TryCount(out int sessions) || !reader.TryCount(out int ended))
        {
            throw Invalid("it ends in the header");
        }

        return new KeyValueLimits { MaxKeyBytes = key, MaxValueBytes = value, MaxStateBytes = state, MaxSessions = sessions, MaxEndedSessions = ended };
    }

    private static void ReadValues(ref FieldReader reader, KeyValueStore store)
    {
        int count = ReadCount(ref reader, KeyValueLimits.KeyFrame, "keys");
        string? last = null;
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryText(out string? key) || !reader.TryText(out string? value) || !reader.TryNumber(out long version) || version < 1)
            {
                throw Invalid($"key {i + 1} of {count} is damaged");
            }

            if (last is not null && string.CompareOrdinal(last, key) >= 0)
            {
                throw Invalid($"key {i + 1} of {count} is out of order");
            }

            store.Add(key, new Versioned(value, version));
            last = key;
        }
    }

    private static void ReadSessions(ref FieldReader reader, SessionTable sessions)
    {
        int count = ReadCount(ref reader, SessionLength, "sessions");
        long last = 0;
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryNumber(out long number) || number < 1 || !reader.TryNumber(out long active) || active < number
                || !reader.TryNumber(out long sequence) || sequence < 0 || !KeyValueEncoding.TryReadKept(ref reader, out KeyValueReply reply))
            {
                throw Invalid($"session {i + 1} of {count} is damaged");
            }

            // Each entry is the activity of at most one session, so the numbers increase strictly.
            if (active <= last)
            {
                throw Invalid($"session {i + 1} of {count} is out of order");
            }

            if (!sessions.TryAdd(new Session(number) { LastActive = new LogIndex(active), LastSequence = sequence, LastReply = reply }))
            {
                throw Invalid($"session {i + 1} of {count} has the number {number} of another one");
            }

            last = active;
        }
    }

    private static void ReadEndedSessions(ref FieldReader reader, SessionTable sessions)
    {
        int count = ReadCount(ref reader, EndedSessionLength, "ended sessions");
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryNumber(out long number) || number < 1 || !reader.TryNumber(out long sequence) || sequence < 0
                || !KeyValueEncoding.TryReadKept(ref reader, out KeyValueReply reply))
            {
                throw Invalid($"ended session {i + 1} of {count} is damaged");
            }

            if (!sessions.TryAddEnded(new Session(number) { LastReply = reply, LastSequence = sequence }))
            {
                throw Invalid($"ended session {i + 1} of {count} has the number {number} of another one");
            }
        }
    }

    private static int ReadCount(ref FieldReader reader, int minLength, string what)
    {
        if (!reader.TryCount(out int count) || count > reader.Remaining / minLength)
        {
            throw Invalid($"it ends before its {what} do");
        }

        return count;
    }

    private static InvalidDataException Invalid(string what) => new($"not a usable snapshot of the key/value store: {what}");
}
