using System.Globalization;

namespace Raft.Verified.Protocol;

/// <summary>The name of a server: a positive number, unique in its cluster and kept for ever.</summary>
/// <param name="Value">The number; 0 stands for no server.</param>
public readonly record struct ServerId(int Value) : IComparable<ServerId>
{
    /// <summary>No server: no vote cast, no leader known.</summary>
    public static ServerId None => default;

    /// <summary>Whether this names no server.</summary>
    public bool IsNone => Value == 0;

    /// <inheritdoc />
    public int CompareTo(ServerId other) => Value.CompareTo(other.Value);

    /// <summary><c>S3</c>, or <c>-</c> for no server.</summary>
    public override string ToString() => IsNone ? "-" : string.Create(CultureInfo.InvariantCulture, $"S{Value}");
}
