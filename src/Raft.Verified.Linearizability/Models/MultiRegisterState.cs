using System.Collections.Immutable;

namespace Raft.Verified.Linearizability.Models;

/// <summary>
/// The values of several registers, immutable and compared by value. A register that was never written is nil.
/// </summary>
public sealed class MultiRegisterState : IEquatable<MultiRegisterState>
{
    private readonly ImmutableSortedDictionary<string, DataValue> _values;
    private readonly int _hash;

    private MultiRegisterState(ImmutableSortedDictionary<string, DataValue> values)
    {
        _values = values;
        HashCode hash = default;
        foreach ((string register, DataValue value) in values)
        {
            hash.Add(register);
            hash.Add(value);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The state before the first write, in which all registers are nil.</summary>
    public static MultiRegisterState Empty { get; } = new(ImmutableSortedDictionary.Create<string, DataValue>(StringComparer.Ordinal));

    /// <summary>Returns the value of a register; nil when it was never written.</summary>
    /// <param name="register">The name of the register.</param>
    public DataValue Read(string register) => _values.GetValueOrDefault(register);

    /// <summary>Returns the state after a write to one register.</summary>
    /// <param name="register">The name of the register.</param>
    /// <param name="value">The new value.</param>
    public MultiRegisterState Write(string register, DataValue value) =>
        Read(register) == value ? this : new(value == DataValue.Nil ? _values.Remove(register) : _values.SetItem(register, value));

    /// <inheritdoc />
    public bool Equals(MultiRegisterState? other) => other is not null && _hash == other._hash && _values.Count == other._values.Count && _values.SequenceEqual(other._values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as MultiRegisterState);

    /// <inheritdoc />
    public override int GetHashCode() => _hash;

    /// <inheritdoc />
    public override string ToString() => $"{{{string.Join(", ", _values.Select(pair => $"{pair.Key} {pair.Value}"))}}}";
}
