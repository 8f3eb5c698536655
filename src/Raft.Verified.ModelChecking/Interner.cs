using System.Diagnostics.CodeAnalysis;

namespace Raft.Verified.ModelChecking;

/// <summary>Gives equal values the same number, counted from 0.</summary>
internal sealed class Interner<T>
{
    private readonly Dictionary<byte[], int> _numbers = new(new BytesComparer());
    private readonly List<T> _values = [];

    public int Count => _values.Count;

    public T this[int number] => _values[number];

    /// <summary>The number of a value; a new one when there is no equal value yet.</summary>
    public int NumberOf(T value, byte[] bytes)
    {
        if (!_numbers.TryGetValue(bytes, out int number))
        {
            number = _values.Count;
            _numbers.Add(bytes, number);
            _values.Add(value);
        }

        return number;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj)
        {
            HashCode hash = default;
            hash.AddBytes(obj);
            return hash.ToHashCode();
        }
    }
}
