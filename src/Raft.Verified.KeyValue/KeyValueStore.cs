using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>
/// The replicated state: the keys and the sessions. The same commands at the same positions give the same state on
/// every server.
/// </summary>
internal sealed class KeyValueStore(SessionTable sessions, KeyValueLimits limits)
{
    // The keys are sorted, so that equal states have equal snapshots on every server.
    private readonly SortedDictionary<string, Versioned> _values = new(StringComparer.Ordinal);

    public SessionTable Sessions { get; } = sessions;

    public KeyValueLimits Limits { get; } = limits;

    public IReadOnlyDictionary<string, Versioned> Values => _values;

    /// <summary>The size in bytes of keys and values in a snapshot.</summary>
    public long StateBytes { get; private set; }

    public void Add(string key, Versioned value)
    {
        _values.Add(key, value);
        StateBytes += KeyValueLimits.StateBytesOf(key, value.Value);
    }

    public KeyValueReply Get(string key) =>
        _values.TryGetValue(key, out Versioned found) ? new KeyValueReply(KeyValueStatus.Ok, found.Version, found.Value) : new KeyValueReply(KeyValueStatus.NoKey);

    /// <summary>
    /// Applies the command at a position of the log. Malformed bytes and commands beyond the limits leave the keys
    /// unchanged.
    /// </summary>
    /// <param name="index">The position of the command in the log.</param>
    /// <param name="bytes">The bytes of the command.</param>
    public KeyValueReply Apply(LogIndex index, ReadOnlySpan<byte> bytes)
    {
        Sessions.Expire(index);
        if (bytes.Length > Limits.MaxCommandBytes)
        {
            return new KeyValueReply(KeyValueStatus.TooLarge);
        }

        if (!KeyValueEncoding.TryDecode(bytes, out KeyValueCommand? command))
        {
            return new KeyValueReply(KeyValueStatus.Malformed);
        }

        if (command.Operation == KeyValueOperation.OpenSession)
        {
            return new KeyValueReply(KeyValueStatus.Ok, Sessions.Open(index).Number);
        }

        if (!Limits.Allow(command))
        {
            // The service refuses it without a log entry. A caller that proposes it directly gets the same answer.
            return new KeyValueReply(KeyValueStatus.TooLarge);
        }

        if (!Sessions.TryTouch(command.Session, index, out Session? session))
        {
            return AnswerWithoutSession(command);
        }

        if (command.Sequence < session.LastSequence)
        {
            return new KeyValueReply(KeyValueStatus.Superseded);
        }

        if (command.Sequence > session.LastSequence)
        {
            session.LastReply = Execute(command);
            session.LastSequence = command.Sequence;
        }

        return session.LastReply;
    }

    // An ended session accepts no new operation. It still knows its last one, whose retry gets the stored answer.
    private KeyValueReply AnswerWithoutSession(KeyValueCommand command)
    {
        if (!Sessions.TryFindEnded(command.Session, out Session? ended))
        {
            return new KeyValueReply(KeyValueStatus.SessionExpired);
        }

        return command.Sequence > ended.LastSequence ? new KeyValueReply(KeyValueStatus.SessionEnded)
            : command.Sequence == ended.LastSequence ? ended.LastReply
            : new KeyValueReply(KeyValueStatus.Superseded);
    }

    private KeyValueReply Execute(KeyValueCommand command)
    {
        bool exists = _values.TryGetValue(command.Key, out Versioned present);
        switch (command.Operation)
        {
            case KeyValueOperation.PutVersion when present.Version != command.Version:
                return new KeyValueReply(KeyValueStatus.VersionMismatch, present.Version);
            case KeyValueOperation.CompareAndSet when !string.Equals(exists ? present.Value : null, command.Expected, StringComparison.Ordinal):
                return exists ? new KeyValueReply(KeyValueStatus.ValueMismatch, present.Version) : new KeyValueReply(KeyValueStatus.NoKey);
            case KeyValueOperation.Append when exists && KeyValueLimits.BytesOf(present.Value) > Limits.MaxValueBytes - KeyValueLimits.BytesOf(command.Value):
                return new KeyValueReply(KeyValueStatus.TooLarge, present.Version);
            default:
                string value = command.Operation == KeyValueOperation.Append ? present.Value + command.Value : command.Value;
                long growth = KeyValueLimits.StateBytesOf(command.Key, value) - (exists ? KeyValueLimits.StateBytesOf(command.Key, present.Value) : 0L);
                if (growth > 0 && StateBytes + growth > Limits.MaxStateBytes)
                {
                    return new KeyValueReply(KeyValueStatus.StoreFull, present.Version);
                }

                StateBytes += growth;
                _values[command.Key] = new Versioned(value, present.Version + 1);
                return new KeyValueReply(KeyValueStatus.Ok, present.Version + 1);
        }
    }
}
