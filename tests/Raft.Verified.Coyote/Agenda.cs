namespace Raft.Verified.Coyote;

/// <summary>
/// The pending items of a schedule, each with its moment of virtual time, and the virtual time itself. An agenda is
/// independent of any engine: its owner advances the time and runs the items that are due.
/// </summary>
internal sealed class Agenda
{
    private readonly List<AgendaItem> _items = [];

    /// <summary>The virtual time since the start of the schedule.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>The number of items.</summary>
    public int Count => _items.Count;

    /// <summary>Gets an item by its place in the order in which the items were added.</summary>
    /// <param name="place">The place, from 0 to <see cref="Count"/> - 1.</param>
    public AgendaItem this[int place] => _items[place];

    /// <summary>Adds an item.</summary>
    /// <param name="delay">The virtual time from now until the item is due; not negative.</param>
    /// <param name="action">The action that the owner runs when it takes the item.</param>
    /// <returns>The item, for <see cref="Take"/> and <see cref="Cancel"/>.</returns>
    public AgendaItem Add(TimeSpan delay, Action action)
    {
        AgendaItem item = new(Now + delay, action);
        _items.Add(item);
        return item;
    }

    /// <summary>
    /// Removes an item that happens now, before, at or after its moment. Time advances at least to that moment. Has no
    /// effect on an item that was removed before.
    /// </summary>
    /// <param name="item">The item to remove.</param>
    public void Take(AgendaItem item)
    {
        if (_items.Remove(item) && item.Due > Now)
        {
            Now = item.Due;
        }
    }

    /// <summary>
    /// Removes an item that shall not happen. Time does not change. Has no effect on an item that was removed before.
    /// </summary>
    /// <param name="item">The item to remove.</param>
    public void Cancel(AgendaItem item) => _items.Remove(item);

    /// <summary>
    /// Advances the time, but not beyond the moment of the next item. Has no effect when there is no item.
    /// </summary>
    /// <param name="step">The virtual time by which to advance at most; not negative.</param>
    public void Advance(TimeSpan step)
    {
        if (Next() is { } next && next.Due > Now)
        {
            Now += step < next.Due - Now ? step : next.Due - Now;
        }
    }

    /// <summary>Finds the item that is due first. Of several due at one moment it is the one added first.</summary>
    /// <returns>The item, or null when there is none.</returns>
    public AgendaItem? Next()
    {
        AgendaItem? next = null;
        foreach (AgendaItem item in _items)
        {
            if (next is null || item.Due < next.Due)
            {
                next = item;
            }
        }

        return next;
    }
}
