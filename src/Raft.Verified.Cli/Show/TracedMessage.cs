using Raft.Verified.Protocol;

namespace Raft.Verified.Cli.Show;

/// <summary>One message and all that became of it. Events are places in the recording; -1 stands for none.</summary>
internal sealed class TracedMessage(Message message)
{
    public Message Message => message;

    public int Sent { get; set; } = -1;

    public int Duplicated { get; set; } = -1;

    public int Lost { get; set; } = -1;

    public List<Arrival> Arrivals { get; } = [];

    /// <summary>The same as seen in the recording without its first events.</summary>
    public TracedMessage Since(int first)
    {
        TracedMessage later = new(message) { Sent = At(Sent), Duplicated = At(Duplicated), Lost = At(Lost) };
        later.Arrivals.AddRange(Arrivals.Where(arrival => arrival.Event >= first).Select(arrival => arrival with { Event = arrival.Event - first }));
        return later;

        int At(int place) => place < first ? -1 : place - first;
    }
}
