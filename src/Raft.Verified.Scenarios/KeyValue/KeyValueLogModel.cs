using System.Buffers.Binary;
using System.Text;
using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.KeyValue;

/// <summary>
/// The sequential model of the store for answers and snapshots. It is written as plainly as possible from the
/// description of commands, replies and snapshots, without any code of the store. So a mistake in the store is not
/// repeated here.
/// </summary>
internal sealed class KeyValueLogModel(long sessionLifetime = KeyValueStateMachine.DefaultSessionLifetime, KeyValueLimits? limits = null) : IStateMachineModel
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly KeyValueLimits _limits = limits ?? KeyValueLimits.Default;
    private readonly SortedDictionary<string, (string Value, long Version)> _values = new(StringComparer.Ordinal);
    private readonly List<SessionModel> _open = []; // The one idle for longest first.
    private readonly List<SessionModel> _ended = []; // The one that ended first at the front.

    public ReadOnlyMemory<byte> Apply(LogEntry entry)
    {
        (KeyValueStatus status, long version) = Answer(entry.Index.Value, entry.Command.Span);
        Writer reply = new();
        reply.Byte((byte)status);
        reply.Number(version);
        reply.Text("");
        return reply.Bytes();
    }

    public ReadOnlyMemory<byte> TakeSnapshot()
    {
        Writer writer = new();
        writer.Count(0x564B5652);
        writer.Byte(2);
        writer.Number(sessionLifetime);
        int[] numbers = [_limits.MaxKeyBytes, _limits.MaxValueBytes, _limits.MaxStateBytes, _limits.MaxSessions, _limits.MaxEndedSessions, _values.Count];
        Array.ForEach(numbers, writer.Count);
        foreach ((string key, (string value, long version)) in _values)
        {
            writer.Text(key);
            writer.Text(value);
            writer.Number(version);
        }

        writer.Count(_open.Count);
        foreach (SessionModel session in _open)
        {
            writer.Number(session.Number);
            writer.Number(session.Active);
            WriteLast(writer, session);
        }

        writer.Count(_ended.Count);
        foreach (SessionModel session in _ended)
        {
            writer.Number(session.Number);
            WriteLast(writer, session);
        }

        return writer.Bytes();
    }

    // Null, because a retry may rightly get another answer: its session may have ended or executed a later operation.
    public (int Client, long Sequence)? Identify(LogEntry entry) => null;

    private static void WriteLast(Writer writer, SessionModel session)
    {
        writer.Number(session.Sequence);
        writer.Byte((byte)session.Answer.Status);
        writer.Number(session.Answer.Version);
    }

    private (KeyValueStatus Status, long Version) Answer(long index, ReadOnlySpan<byte> bytes)
    {
        while (_open.Count > 0 && index - _open[0].Active > sessionLifetime)
        {
            EndFirst();
        }

        if (CommandModel.Read(bytes) is not { } command)
        {
            return (KeyValueStatus.Malformed, 0);
        }

        if (command.Operation == KeyValueOperation.OpenSession)
        {
            if (_open.Count == _limits.MaxSessions)
            {
                EndFirst();
            }

            _open.Add(new SessionModel(index) { Active = index });
            return (KeyValueStatus.Ok, index);
        }

        if (Length(command.Key) > _limits.MaxKeyBytes || Length(command.Value) > _limits.MaxValueBytes || Length(command.Expected ?? "") > _limits.MaxValueBytes)
        {
            return (KeyValueStatus.TooLarge, 0);
        }

        SessionModel? session = _open.Find(open => open.Number == command.Session);
        bool isOpen = session is not null;
        session ??= _ended.Find(ended => ended.Number == command.Session);
        if (session is null)
        {
            return (KeyValueStatus.SessionExpired, 0);
        }

        if (isOpen)
        {
            session.Active = index;
            _open.Remove(session);
            _open.Add(session);
        }

        if (command.Sequence > session.Sequence)
        {
            if (!isOpen)
            {
                return (KeyValueStatus.SessionEnded, 0);
            }

            session.Sequence = command.Sequence;
            session.Answer = Execute(command);
        }

        return command.Sequence == session.Sequence ? session.Answer : (KeyValueStatus.Superseded, 0);
    }

    private void EndFirst()
    {
        _ended.Add(_open[0]);
        _open.RemoveAt(0);
        if (_ended.Count > _limits.MaxEndedSessions)
        {
            _ended.RemoveAt(0);
        }
    }

    private (KeyValueStatus Status, long Version) Execute(CommandModel command)
    {
        (string value, long version) = _values.TryGetValue(command.Key, out (string, long) found) ? found : ("", 0);
        if (command.Operation == KeyValueOperation.PutVersion && command.Version != version)
        {
            return (KeyValueStatus.VersionMismatch, version);
        }

        if (command.Operation == KeyValueOperation.CompareAndSet && (version == 0 ? command.Expected is not null : command.Expected != value))
        {
            return version == 0 ? (KeyValueStatus.NoKey, 0) : (KeyValueStatus.ValueMismatch, version);
        }

        string after = command.Operation == KeyValueOperation.Append ? value + command.Value : command.Value;
        if (Length(after) > _limits.MaxValueBytes)
        {
            return (KeyValueStatus.TooLarge, version);
        }

        long others = _values.Where(pair => pair.Key != command.Key).Sum(pair => 16L + Length(pair.Key) + Length(pair.Value.Value));
        long size = 16 + Length(command.Key) + Length(after);
        bool grows = version == 0 || Length(after) > Length(value);
        if (grows && others + size > _limits.MaxStateBytes)
        {
            return (KeyValueStatus.StoreFull, version);
        }

        _values[command.Key] = (after, version + 1);
        return (KeyValueStatus.Ok, version + 1);
    }

    private static int Length(string text) => Utf8.GetByteCount(text);

    private sealed class SessionModel(long number)
    {
        public long Number => number;

        public long Active { get; set; }

        public long Sequence { get; set; }

        public (KeyValueStatus Status, long Version) Answer { get; set; }
    }

    /// <summary>A command decoded from its bytes.</summary>
    private sealed record CommandModel(KeyValueOperation Operation, long Session, long Sequence, string Key, string Value, long Version, string? Expected)
    {
        public static CommandModel? Read(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length < 2 || bytes[0] != 1 || bytes[1] is < 1 or > 5)
            {
                return null;
            }

            KeyValueOperation operation = (KeyValueOperation)bytes[1];
            bytes = bytes[2..];
            if (operation == KeyValueOperation.OpenSession)
            {
                return bytes.IsEmpty ? new CommandModel(operation, 0, 0, "", "", 0, null) : null;
            }

            if (bytes.Length < 16)
            {
                return null;
            }

            long session = Number(ref bytes);
            long sequence = Number(ref bytes);
            string? key = Text(ref bytes);
            string? value = Text(ref bytes);
            if (session < 1 || sequence < 1 || key is null || value is null)
            {
                return null;
            }

            if (operation == KeyValueOperation.PutVersion)
            {
                return bytes.Length == 8 && Number(ref bytes) is >= 0 and var version ? new CommandModel(operation, session, sequence, key, value, version, null) : null;
            }

            string? expected = null;
            if (operation == KeyValueOperation.CompareAndSet)
            {
                if (bytes.IsEmpty || bytes[0] > 1)
                {
                    return null;
                }

                bool given = bytes[0] == 1;
                bytes = bytes[1..];
                expected = Text(ref bytes);
                if (expected is null || (!given && expected.Length > 0))
                {
                    return null;
                }

                expected = given ? expected : null;
            }

            return bytes.IsEmpty ? new CommandModel(operation, session, sequence, key, value, 0, expected) : null;
        }

        private static long Number(ref ReadOnlySpan<byte> bytes)
        {
            long number = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            bytes = bytes[8..];
            return number;
        }

        private static string? Text(ref ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length < 4 || BinaryPrimitives.ReadInt32LittleEndian(bytes) is var length && (length < 0 || length > bytes.Length - 4))
            {
                return null;
            }

            ReadOnlySpan<byte> text = bytes.Slice(4, length);
            bytes = bytes[(4 + length)..];
            try
            {
                return Utf8.GetString(text);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }

    /// <summary>A writer of the formats' fields: little-endian numbers, and texts after their lengths.</summary>
    private sealed class Writer
    {
        private readonly MemoryStream _stream = new();

        public void Byte(byte value) => _stream.WriteByte(value);

        public void Count(int value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            _stream.Write(bytes);
        }

        public void Number(long value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            _stream.Write(bytes);
        }

        public void Text(string text)
        {
            Count(Length(text));
            _stream.Write(Utf8.GetBytes(text));
        }

        public byte[] Bytes() => _stream.ToArray();
    }
}
