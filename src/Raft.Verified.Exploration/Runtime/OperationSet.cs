namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// An unordered set of pending operations with removal in constant time. Its order depends only on the calls made to
/// it.
/// </summary>
internal sealed class OperationSet
{
    private PendingOperation[] _items = new PendingOperation[32];

    public int Count { get; private set; }

    public ref PendingOperation this[int index] => ref _items[index];

    public ReadOnlySpan<PendingOperation> Items => _items.AsSpan(0, Count);

    public void Add(in PendingOperation operation)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        if (operation.Payload is VirtualTimer timer)
        {
            timer.Set = this;
            timer.Slot = Count;
        }

        _items[Count++] = operation;
    }

    public PendingOperation RemoveAt(int index)
    {
        PendingOperation removed = _items[index];
        if (removed.Payload is VirtualTimer timer)
        {
            timer.Set = null;
        }

        Count--;
        if (index < Count)
        {
            _items[index] = _items[Count];
            if (_items[index].Payload is VirtualTimer moved)
            {
                moved.Slot = index;
            }
        }

        _items[Count] = default;
        return removed;
    }

    public void Clear()
    {
        Array.Clear(_items, 0, Count);
        Count = 0;
    }
}
