using System.Globalization;

namespace Raft.Verified.Protocol;

/// <summary>The number of a durable write; each server counts its own from 1. 0 stands for no write.</summary>
/// <param name="Value">The number.</param>
public readonly record struct WriteId(long Value)
{
    /// <summary>No write: nothing to wait for.</summary>
    public static WriteId None => default;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
