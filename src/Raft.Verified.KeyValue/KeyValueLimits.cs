namespace Raft.Verified.KeyValue;

/// <summary>
/// The bounds of a store. They keep every snapshot small enough to be written, sent and read again, whatever clients ask for: a command beyond
/// them is refused where it is proposed, and again where it is applied, on every server alike. All servers of a cluster need the same limits for all
/// its life; a snapshot names the ones it was written with.
/// </summary>
public sealed record KeyValueLimits
{
    // Of a command's encoding: format, operation, session, sequence, two lengths, and the larger of the two endings.
    private const int CommandFrame = 2 + 8 + 8 + 4 + 4 + 8;

    // Of a key in a snapshot: two lengths and the version.
    internal const int KeyFrame = 4 + 4 + 8;

    /// <summary>The limits of a store that is given none.</summary>
    public static KeyValueLimits Default { get; } = new();

    /// <summary>The most bytes of a key in UTF-8; from 1 to 1 MiB. Default 4 KiB.</summary>
    public int MaxKeyBytes { get; init; } = 4 << 10;

    /// <summary>The most bytes of a value in UTF-8, also of one that has grown by appending; from 1 to 256 MiB. Default 1 MiB.</summary>
    public int MaxValueBytes { get; init; } = 1 << 20;

    /// <summary>The most bytes that all keys and values take in a snapshot, 16 for each key included; from 64 to 1 GiB. Default 1 GiB.</summary>
    public int MaxStateBytes { get; init; } = 1 << 30;

    /// <summary>
    /// The most sessions that are open at once; from 1 to 1,000,000. One more ends the session that has been idle for longest. Default 100,000.
    /// </summary>
    public int MaxSessions { get; init; } = 100_000;

    /// <summary>
    /// How many ended sessions are remembered, so that a client which comes back learns whether its operation was carried out; from 0 to
    /// 1,000,000. The one that ended first is forgotten first. Default 10,000.
    /// </summary>
    public int MaxEndedSessions { get; init; } = 10_000;

    internal long MaxCommandBytes => CommandFrame + MaxKeyBytes + (2L * MaxValueBytes);

    /// <summary>Checks the limits.</summary>
    /// <exception cref="ArgumentException">One of them is out of its range; the message says which, what it is and what was expected.</exception>
    public void Validate()
    {
        Within(MaxKeyBytes, 1, 1 << 20, nameof(MaxKeyBytes));
        Within(MaxValueBytes, 1, 1 << 28, nameof(MaxValueBytes));
        Within(MaxStateBytes, 64, 1 << 30, nameof(MaxStateBytes));
        Within(MaxSessions, 1, 1_000_000, nameof(MaxSessions));
        Within(MaxEndedSessions, 0, 1_000_000, nameof(MaxEndedSessions));
    }

    /// <summary>Whether a command is within these limits, so that every server takes it. One that appends may still be refused for what it appends to.</summary>
    /// <param name="command">The command.</param>
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
