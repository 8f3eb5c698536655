using Raft.Verified.Protocol;

namespace Raft.Verified.Testing.Page;

/// <summary>
/// One message and its fate. Events are indexes into the recording; -1 means that there was no such event.
/// </summary>
/// <param name="message">The message that is traced.</param>
internal sealed class TracedMessage(Message message)
{
    /// <summary>The message itself.</summary>
    public Message Message => message;

    /// <summary>The index of the event at which the message was sent.</summary>
    public int Sent { get; set; } = -1;

    /// <summary>The index of the event at which the network duplicated the message.</summary>
    public int Duplicated { get; set; } = -1;

    /// <summary>The index of the event at which the network lost the message.</summary>
    public int Lost { get; set; } = -1;

    /// <summary>The arrivals of the message, in order.</summary>
    public List<Arrival> Arrivals { get; } = [];

    /// <summary>Returns the message for a recording without its first events.</summary>
    /// <param name="first">The index of the first event that is kept.</param>
    public TracedMessage Since(int first)
    {
        TracedMessage later = new(message) { Sent = At(Sent), Duplicated = At(Duplicated), Lost = At(Lost) };
        later.Arrivals.AddRange(Arrivals.Where(arrival => arrival.Event >= first).Select(arrival => arrival with { Event = arrival.Event - first }));
        return later;

        int At(int place) => place < first ? -1 : place - first;
    }
}
