using System.Globalization;

namespace Raft.Verified.Linearizability.Models;

/// <summary>
/// A value that clients write and read: anything that has a text, where equal values have equal texts. In histories from files it is the value's EDN in
/// one fixed form.
/// </summary>
/// <param name="Text">The text; null is the value nil.</param>
public readonly record struct DataValue(string? Text)
{
    /// <summary>The value nil.</summary>
    public static DataValue Nil => default;

    /// <summary>A whole number; null is the value nil.</summary>
    public static implicit operator DataValue(long? number) => new(number?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number.</summary>
    public static implicit operator DataValue(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc />
    public override string ToString() => Text ?? "nil";
}
