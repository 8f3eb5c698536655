using System.Globalization;

namespace Raft.Verified.Protocol;

/// <summary>The number of a durable write. Each server counts its own writes from 1; 0 means no write.</summary>
/// <param name="Value">The number.</param>
public readonly record struct WriteId(long Value)
{
    /// <summary>The absence of a write, so there is nothing to wait for.</summary>
    public static WriteId None => default;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
