using System.Diagnostics.CodeAnalysis;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// Gives equal values the same number, counted from 0. One thread at a time may add values. Meanwhile other threads may
/// read values whose numbers they know.
/// </summary>
internal sealed class Interner<T>
{
    private readonly Dictionary<byte[], int> _numbers = new(new BytesComparer());
    private readonly SharedList<T> _values = new();

    public int Count => _values.Count;

    public T this[int number] => _values[number];

    /// <summary>Returns the number of the value that the bytes stand for. A new value gets the next number.</summary>
    public int NumberOf(byte[] bytes, Func<T> make)
    {
        if (!_numbers.TryGetValue(bytes, out int number))
        {
            number = _values.Count;
            _values.Add(make());
            _numbers.Add(bytes, number);
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
