namespace Raft.Verified.Coyote;

/// <summary>
/// What will happen at which moment of virtual time, and the time itself. Knows no engine: who lets the time advance, and who runs what is due,
/// is not its business.
/// </summary>
internal sealed class Agenda
{
    private readonly List<AgendaItem> _items = [];

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How many items there are.</summary>
    public int Count => _items.Count;

    /// <summary>The item at a place from 0 to <see cref="Count"/> - 1, in the order of adding.</summary>
    public AgendaItem this[int place] => _items[place];

    /// <summary>Adds something.</summary>
    /// <param name="delay">How long from now; not negative.</param>
    /// <param name="action">What.</param>
    /// <returns>The item, by which it can be taken back.</returns>
    public AgendaItem Add(TimeSpan delay, Action action)
    {
        AgendaItem item = new(Now + delay, action);
        _items.Add(item);
        return item;
    }

    /// <summary>Takes an item off, early, in time or late; time is then at least at its moment. Without effect when it is off already.</summary>
    public void Take(AgendaItem item)
    {
        if (_items.Remove(item) && item.Due > Now)
        {
            Now = item.Due;
        }
    }

    /// <summary>Takes an item off because it is no longer wanted. Without effect when it is off already.</summary>
    public void Cancel(AgendaItem item) => _items.Remove(item);

    /// <summary>Lets time pass, but not beyond the moment at which the next item is due; with nothing to come, time stands still.</summary>
    public void Advance(TimeSpan step)
    {
        if (Next() is { } next && next.Due > Now)
        {
            Now += step < next.Due - Now ? step : next.Due - Now;
        }
    }

    /// <summary>The item that is due first, of several the one added first; null when there is none.</summary>
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

/// <summary>Something on the agenda. Two items are two, whatever they are made of.</summary>
internal sealed class AgendaItem(TimeSpan due, Action action)
{
    public TimeSpan Due => due;

    public Action Action => action;
}
