using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>A value and how often its key was written.</summary>
internal readonly record struct Versioned(string Value, long Version);

/// <summary>The replicated state: the keys and the sessions. Plain data; the same commands at the same positions give the same state everywhere.</summary>
internal sealed class KeyValueStore(SessionTable sessions)
{
    // Sorted: a snapshot of the same state has the same bytes on every server.
    private readonly SortedDictionary<string, Versioned> _values = new(StringComparer.Ordinal);

    public SessionTable Sessions { get; } = sessions;

    public IReadOnlyDictionary<string, Versioned> Values => _values;

    public void Add(string key, Versioned value) => _values.Add(key, value);

    public KeyValueReply Get(string key) =>
        _values.TryGetValue(key, out Versioned found) ? new KeyValueReply(KeyValueStatus.Ok, found.Version, found.Value) : new KeyValueReply(KeyValueStatus.NoKey);

    /// <summary>Applies the command at a position of the log; null stands for bytes that are no command.</summary>
    public KeyValueReply Apply(LogIndex index, KeyValueCommand? command)
    {
        Sessions.Expire(index);
        if (command is null)
        {
            return new KeyValueReply(KeyValueStatus.Malformed);
        }

        if (command.Operation == KeyValueOperation.OpenSession)
        {
            return new KeyValueReply(KeyValueStatus.Ok, Sessions.Open(index).Number);
        }

        if (!Sessions.TryTouch(command.Session, index, out Session? session))
        {
            return new KeyValueReply(KeyValueStatus.SessionExpired);
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

    private KeyValueReply Execute(KeyValueCommand command)
    {
        bool exists = _values.TryGetValue(command.Key, out Versioned present);
        switch (command.Operation)
        {
            case KeyValueOperation.PutVersion when present.Version != command.Version:
                return new KeyValueReply(KeyValueStatus.VersionMismatch, present.Version);
            case KeyValueOperation.CompareAndSet when !string.Equals(exists ? present.Value : null, command.Expected, StringComparison.Ordinal):
                return exists ? new KeyValueReply(KeyValueStatus.ValueMismatch, present.Version, present.Value) : new KeyValueReply(KeyValueStatus.NoKey);
            default:
                string value = command.Operation == KeyValueOperation.Append ? present.Value + command.Value : command.Value;
                _values[command.Key] = new Versioned(value, present.Version + 1);
                return new KeyValueReply(KeyValueStatus.Ok, present.Version + 1);
        }
    }
}
