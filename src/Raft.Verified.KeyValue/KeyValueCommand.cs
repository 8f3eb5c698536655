namespace Raft.Verified.KeyValue;

/// <summary>
/// One command of the log. Session and sequence number identify the operation, so that a retry is recognised (thesis,
/// section 6.3).
/// </summary>
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

    /// <summary>The operation of the command.</summary>
    public KeyValueOperation Operation { get; }

    /// <summary>The client's session; 0 when the command opens a session.</summary>
    public long Session { get; }

    /// <summary>
    /// The operation's number within the session, from 1; the same in every retry. 0 when the command opens a session.
    /// </summary>
    public long Sequence { get; }

    /// <summary>The key; empty when the command opens a session.</summary>
    public string Key { get; }

    /// <summary>The value to set, or the text to append.</summary>
    public string Value { get; }

    /// <summary>
    /// The version that the key must have for <see cref="KeyValueOperation.PutVersion"/>; 0 when the key must not
    /// exist.
    /// </summary>
    public long Version { get; private init; }

    /// <summary>
    /// The value that the key must have for <see cref="KeyValueOperation.CompareAndSet"/>; null when the key must not
    /// exist.
    /// </summary>
    public string? Expected { get; private init; }

    /// <summary>Creates a command that opens a session.</summary>
    public static KeyValueCommand OpenSession() => new(KeyValueOperation.OpenSession, 0, 0, "", "");

    /// <summary>Creates a command that sets a key's value.</summary>
    /// <param name="session">The number of the session; at least 1.</param>
    /// <param name="sequence">The operation's number within the session, from 1; the same in every retry.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The new value.</param>
    /// <exception cref="ArgumentException">
    /// Session or sequence number is below 1, or a text contains an unpaired surrogate, which UTF-8 cannot encode. All
    /// commands with a key throw this exception.
    /// </exception>
    public static KeyValueCommand Put(long session, long sequence, string key, string value) =>
        Checked(KeyValueOperation.Put, session, sequence, key, value);

    /// <summary>
    /// Creates a command that sets a key's value if the key has this version; version 0 creates the key.
    /// </summary>
    /// <param name="session">The number of the session; at least 1.</param>
    /// <param name="sequence">The operation's number within the session, from 1; the same in every retry.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The new value.</param>
    /// <param name="version">The version that the key must have; 0 when the key must not exist.</param>
    /// <inheritdoc cref="Put" path="/exception" />
    /// <exception cref="ArgumentOutOfRangeException">The version is negative.</exception>
    public static KeyValueCommand PutVersion(long session, long sequence, string key, string value, long version)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        return Checked(KeyValueOperation.PutVersion, session, sequence, key, value) with { Version = version };
    }

    /// <summary>Creates a command that appends text to a key's value, or creates the key.</summary>
    /// <param name="session">The number of the session; at least 1.</param>
    /// <param name="sequence">The operation's number within the session, from 1; the same in every retry.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The text to append.</param>
    /// <inheritdoc cref="Put" path="/exception" />
    public static KeyValueCommand Append(long session, long sequence, string key, string value) =>
        Checked(KeyValueOperation.Append, session, sequence, key, value);

    /// <summary>
    /// Creates a command that sets a key's value if it equals the expected value. An expected value of null means that
    /// the key must not exist.
    /// </summary>
    /// <param name="session">The number of the session; at least 1.</param>
    /// <param name="sequence">The operation's number within the session, from 1; the same in every retry.</param>
    /// <param name="key">The key.</param>
    /// <param name="expected">The value that the key must have; null when the key must not exist.</param>
    /// <param name="value">The new value.</param>
    /// <inheritdoc cref="Put" path="/exception" />
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
                throw new ArgumentException($"the {name} contains an unpaired surrogate, U+{(int)text[i]:X4}, at position {i}; expected text that UTF-8 can encode", name);
            }

            i++;
        }

        return text;
    }
}
