using System.Globalization;

namespace Raft.Verified.Protocol;

/// <summary>The identifier of a server: a positive number, unique in its cluster, that never changes.</summary>
/// <param name="Value">The number; 0 stands for no server.</param>
public readonly record struct ServerId(int Value) : IComparable<ServerId>
{
    /// <summary>The absence of a server, for example no vote cast or no known leader.</summary>
    public static ServerId None => default;

    /// <summary>True when this identifies no server.</summary>
    public bool IsNone => Value == 0;

    /// <inheritdoc />
    public int CompareTo(ServerId other) => Value.CompareTo(other.Value);

    /// <summary>Returns text such as <c>S3</c>, or <c>-</c> for no server.</summary>
    public override string ToString() => IsNone ? "-" : string.Create(CultureInfo.InvariantCulture, $"S{Value}");
}
