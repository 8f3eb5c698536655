namespace Raft.Verified.Coyote;

/// <summary>An item of an <see cref="Agenda"/>. Items are compared by identity: two of them are never equal.</summary>
/// <param name="due">The moment at which the item is due, in virtual time since the start of the schedule.</param>
/// <param name="action">The action that the agenda's owner runs when it takes the item.</param>
internal sealed class AgendaItem(TimeSpan due, Action action)
{
    public TimeSpan Due => due;

    public Action Action => action;
}
