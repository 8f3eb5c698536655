namespace Raft.Verified.KeyValue;

/// <summary>What a command does. The numbers are part of the log's format.</summary>
public enum KeyValueOperation : byte
{
    /// <summary>Opens a session, whose number is the answer's <see cref="KeyValueReply.Version"/>.</summary>
    OpenSession = 1,

    /// <summary>Sets a key's value.</summary>
    Put = 2,

    /// <summary>Sets a key's value if the key has a given version; version 0 creates it.</summary>
    PutVersion = 3,

    /// <summary>Puts text behind a key's value.</summary>
    Append = 4,

    /// <summary>Sets a key's value if it has a given one.</summary>
    CompareAndSet = 5,
}

/// <summary>One command of the log. Session and sequence number say whose operation it is, so that a retry is recognised (thesis, section 6.3).</summary>
public sealed record KeyValueCommand
{
    private KeyValueCommand(KeyValueOperation operation, long session, long sequence, string key, string value)
    {
        Operation = operation;
        Session = session;
        Sequence = sequence;
        Key = key;
        Value = value;
    }

    /// <summary>What it does.</summary>
    public KeyValueOperation Operation { get; }

    /// <summary>The client's session; 0 when it opens one.</summary>
    public long Session { get; }

    /// <summary>The operation's number within the session, from 1; the same in every retry. 0 when it opens one.</summary>
    public long Sequence { get; }

    /// <summary>The key; empty when it opens a session.</summary>
    public string Key { get; }

    /// <summary>The value to set, or the text to append.</summary>
    public string Value { get; }

    /// <summary>Of <see cref="KeyValueOperation.PutVersion"/>: the version that the key must have; 0: no such key.</summary>
    public long Version { get; private init; }

    /// <summary>Of <see cref="KeyValueOperation.CompareAndSet"/>: the value that the key must have; null: no such key.</summary>
    public string? Expected { get; private init; }

    /// <summary>Opens a session.</summary>
    public static KeyValueCommand OpenSession() => new(KeyValueOperation.OpenSession, 0, 0, "", "");

    /// <summary>Sets a key's value.</summary>
    /// <exception cref="ArgumentException">
    /// Session or sequence number is below 1, or a text holds half a surrogate pair, which has no UTF-8. So for all commands with a key.
    /// </exception>
    public static KeyValueCommand Put(long session, long sequence, string key, string value) =>
        Checked(KeyValueOperation.Put, session, sequence, key, value);

    /// <summary>Sets a key's value if the key has this version; 0 creates it.</summary>
    public static KeyValueCommand PutVersion(long session, long sequence, string key, string value, long version)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        return Checked(KeyValueOperation.PutVersion, session, sequence, key, value) with { Version = version };
    }

    /// <summary>Puts text behind a key's value, or behind nothing.</summary>
    public static KeyValueCommand Append(long session, long sequence, string key, string value) =>
        Checked(KeyValueOperation.Append, session, sequence, key, value);

    /// <summary>Sets a key's value if it is as expected; null: if there is no such key.</summary>
    public static KeyValueCommand CompareAndSet(long session, long sequence, string key, string? expected, string value) =>
        Checked(KeyValueOperation.CompareAndSet, session, sequence, key, value) with { Expected = expected is null ? null : WholeText(expected, nameof(expected)) };

    /// <inheritdoc />
    public override string ToString() => Operation switch
    {
        KeyValueOperation.OpenSession => "open session",
        KeyValueOperation.PutVersion => $"{Session}#{Sequence} put {Key}={Value} at version {Version}",
        KeyValueOperation.CompareAndSet => $"{Session}#{Sequence} set {Key}={Value} if {Expected ?? "absent"}",
        _ => $"{Session}#{Sequence} {(Operation == KeyValueOperation.Put ? "put" : "append")} {Key}={Value}",
    };

    private static KeyValueCommand Checked(KeyValueOperation operation, long session, long sequence, string key, string value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(session, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        return new KeyValueCommand(operation, session, sequence, WholeText(key, nameof(key)), WholeText(value, nameof(value)));
    }

    private static string WholeText(string text, string name)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                throw new ArgumentException($"the {name} holds half a surrogate pair, U+{(int)text[i]:X4}, at position {i}; expected text that UTF-8 can encode", name);
            }

            i++;
        }

        return text;
    }
}
