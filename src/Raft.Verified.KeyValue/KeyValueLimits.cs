namespace Raft.Verified.KeyValue;

/// <summary>
/// The limits of a store, which keep every snapshot small enough to be written, sent and read again. A command beyond
/// them is refused when it is proposed, and again when it is applied, on every server alike. All servers of a cluster
/// need the same limits for the cluster's whole life. A snapshot records the limits with which it was written.
/// </summary>
public sealed record KeyValueLimits
{
    // The fixed part of a command's encoding: format, operation, session, sequence, two lengths, and the larger of the
    // two endings.
    private const int CommandFrame = 2 + 8 + 8 + 4 + 4 + 8;

    // The fixed part of a key in a snapshot: two lengths and the version.
    internal const int KeyFrame = 4 + 4 + 8;

    /// <summary>The limits of a store that is created without limits.</summary>
    public static KeyValueLimits Default { get; } = new();

    /// <summary>The maximum size of a key in bytes of UTF-8, from 1 to 1 MiB. Default 4 KiB.</summary>
    public int MaxKeyBytes { get; init; } = 4 << 10;

    /// <summary>
    /// The maximum size of a value in bytes of UTF-8, from 1 to 256 MiB. It also applies to the result of an append.
    /// Default 1 MiB.
    /// </summary>
    public int MaxValueBytes { get; init; } = 1 << 20;

    /// <summary>
    /// The maximum size in bytes of all keys and values in a snapshot, with 16 bytes per key, from 64 to 1 GiB. Default
    /// 1 GiB.
    /// </summary>
    public int MaxStateBytes { get; init; } = 1 << 30;

    /// <summary>
    /// The maximum number of open sessions, from 1 to 1,000,000. Opening one more ends the session that has been idle
    /// longest. Default 100,000.
    /// </summary>
    public int MaxSessions { get; init; } = 100_000;

    /// <summary>
    /// The maximum number of ended sessions that are remembered, from 0 to 1,000,000. They tell a returning client
    /// whether its operation was carried out. The session that ended first is forgotten first. Default 10,000.
    /// </summary>
    public int MaxEndedSessions { get; init; } = 10_000;

    internal long MaxCommandBytes => CommandFrame + MaxKeyBytes + (2L * MaxValueBytes);

    /// <summary>Checks the limits.</summary>
    /// <exception cref="ArgumentException">
    /// A limit is out of its range. The message names the limit, its value and the expected range.
    /// </exception>
    public void Validate()
    {
        Within(MaxKeyBytes, 1, 1 << 20, nameof(MaxKeyBytes));
        Within(MaxValueBytes, 1, 1 << 28, nameof(MaxValueBytes));
        Within(MaxStateBytes, 64, 1 << 30, nameof(MaxStateBytes));
        Within(MaxSessions, 1, 1_000_000, nameof(MaxSessions));
        Within(MaxEndedSessions, 0, 1_000_000, nameof(MaxEndedSessions));
    }

    /// <summary>
    /// Returns true when a command is within these limits, so that every server accepts it. An append may still be
    /// refused because of the existing value.
    /// </summary>
    /// <param name="command">The command to check.</param>
    public bool Allow(KeyValueCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return BytesOf(command.Key) <= MaxKeyBytes && BytesOf(command.Value) <= MaxValueBytes && BytesOf(command.Expected ?? "") <= MaxValueBytes;
    }

    internal static int BytesOf(string text) => FieldWriter.Utf8.GetByteCount(text);

    internal static int StateBytesOf(string key, string value) => KeyFrame + BytesOf(key) + BytesOf(value);

    private static void Within(int value, int min, int max, string name)
    {
        if (value < min || value > max)
        {
            throw new ArgumentException($"{name} is {value}; expected {min} to {max}");
        }
    }
}
