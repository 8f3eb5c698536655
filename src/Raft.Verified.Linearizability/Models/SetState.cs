using System.Collections.Immutable;

namespace Raft.Verified.Linearizability.Models;

/// <summary>
/// The elements of a set, immutable and compared by value. Successive states share most of their memory.
/// </summary>
public sealed class SetState : IEquatable<SetState>
{
    private static readonly Comparer<DataValue> Order = Comparer<DataValue>.Create(static (a, b) => string.CompareOrdinal(a.Text, b.Text));

    private readonly ImmutableSortedSet<DataValue> _elements;
    private readonly int _hash;

    private SetState(ImmutableSortedSet<DataValue> elements, int hash)
    {
        _elements = elements;
        _hash = hash;
    }

    /// <summary>The empty set.</summary>
    public static SetState Empty { get; } = new(ImmutableSortedSet.Create<DataValue>(Order), 0);

    /// <summary>Returns the set with an element added; this instance when it already contains the element.</summary>
    /// <param name="element">The element to add.</param>
    public SetState Add(DataValue element)
    {
        ImmutableSortedSet<DataValue> added = _elements.Add(element);
        return ReferenceEquals(added, _elements) ? this : new SetState(added, _hash ^ element.GetHashCode());
    }

    /// <inheritdoc />
    public bool Equals(SetState? other) => other is not null && _hash == other._hash && _elements.Count == other._elements.Count && _elements.SequenceEqual(other._elements);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SetState);

    /// <inheritdoc />
    public override int GetHashCode() => _hash;

    /// <inheritdoc />
    public override string ToString() => $"#{{{string.Join(' ', _elements)}}}";
}
