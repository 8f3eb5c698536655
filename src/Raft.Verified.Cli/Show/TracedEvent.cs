using Raft.Verified.Protocol;

namespace Raft.Verified.Cli.Show;

/// <summary>One event of a recorded run.</summary>
/// <param name="Decision">The number of the decision that it follows from, from 1; 0 before the first.</param>
/// <param name="Time">The virtual time.</param>
/// <param name="Event">The event; of a timer, only its server.</param>
/// <param name="Message">Its message's place among the messages; -1 when it is about none.</param>
/// <param name="Timer">The timer that fires, which is a decision and no event of the stream; null for anything else.</param>
/// <param name="Cuts">The links that are cut from here on, when that changes; else null.</param>
internal readonly record struct TracedEvent(
    int Decision, TimeSpan Time, RaftEvent Event, int Message, string? Timer, IReadOnlyList<Link>? Cuts);

/// <summary>The way from one server to another.</summary>
internal readonly record struct Link(ServerId From, ServerId To);

/// <summary>Why an arrival counts as late.</summary>
[Flags]
internal enum Lateness
{
    None = 0,

    /// <summary>The receiver had moved to a newer term than the message's.</summary>
    OlderTerm = 1,

    /// <summary>The receiver had got a younger message of the same sender.</summary>
    Overtaken = 2,
}

/// <summary>One arrival of a message.</summary>
internal readonly record struct Arrival(int Event, Lateness Lateness);

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
