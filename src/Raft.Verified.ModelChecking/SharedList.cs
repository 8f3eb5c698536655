namespace Raft.Verified.ModelChecking;

/// <summary>
/// A list to which one thread at a time may add. Meanwhile other threads may read elements that they know are in it.
/// </summary>
internal sealed class SharedList<T>
{
    private const int Bits = 12;
    private T[][] _chunks = new T[16][];

    public int Count { get; private set; }

    public T this[int index] => _chunks[index >> Bits][index & ((1 << Bits) - 1)];

    /// <summary>Adds a value. Only one thread at a time may call this.</summary>
    public void Add(T value)
    {
        int chunk = Count >> Bits;
        if (chunk == _chunks.Length)
        {
            T[][] more = new T[_chunks.Length * 2][];
            _chunks.CopyTo(more, 0);
            Volatile.Write(ref _chunks, more);
        }

        (_chunks[chunk] ??= new T[1 << Bits])[Count & ((1 << Bits) - 1)] = value;
        Count++;
    }
}
