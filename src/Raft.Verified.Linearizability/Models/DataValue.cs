using System.Globalization;

namespace Raft.Verified.Linearizability.Models;

/// <summary>
/// A value that clients write and read. Two values are equal exactly if their texts are equal. For a history from a
/// file, the text is the canonical EDN of the value.
/// </summary>
/// <param name="Text">The text of the value; null for nil.</param>
public readonly record struct DataValue(string? Text)
{
    /// <summary>The value nil.</summary>
    public static DataValue Nil => default;

    /// <summary>Converts a whole number; null becomes nil.</summary>
    /// <param name="number">The number, or null.</param>
    public static implicit operator DataValue(long? number) => new(number?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Converts a whole number.</summary>
    /// <param name="number">The number to convert.</param>
    public static implicit operator DataValue(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc />
    public override string ToString() => Text ?? "nil";
}
