using System.Collections.Immutable;

namespace Raft.Verified.Linearizability.Models;

/// <summary>
/// The values of a queue, from first to last, immutable and compared by value. Successive states share most of their
/// memory.
/// </summary>
public sealed class QueueState : IEquatable<QueueState>
{
    private readonly ImmutableList<DataValue> _values;
    private readonly int _hash;

    private QueueState(ImmutableList<DataValue> values)
    {
        _values = values;
        HashCode hash = default;
        foreach (DataValue value in values)
        {
            hash.Add(value);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The empty queue.</summary>
    public static QueueState Empty { get; } = new([]);

    /// <summary>Returns the queue with a value added at its end.</summary>
    /// <param name="value">The value to add.</param>
    public QueueState Enqueue(DataValue value) => new(_values.Add(value));

    /// <summary>Returns the queue without its first value.</summary>
    /// <param name="first">The first value; nil when the queue is empty.</param>
    public QueueState Dequeue(out DataValue first)
    {
        first = _values.IsEmpty ? DataValue.Nil : _values[0];
        return _values.IsEmpty ? this : new QueueState(_values.RemoveAt(0));
    }

    /// <inheritdoc />
    public bool Equals(QueueState? other) => other is not null && _hash == other._hash && _values.Count == other._values.Count && _values.SequenceEqual(other._values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as QueueState);

    /// <inheritdoc />
    public override int GetHashCode() => _hash;

    /// <inheritdoc />
    public override string ToString() => $"[{string.Join(' ', _values)}]";
}
