using Raft.Verified.Protocol;

namespace Raft.Verified.Testing.Page;

/// <summary>One event of a recorded run.</summary>
/// <param name="Decision">
/// The number of the decision that caused the event, from 1; 0 before the first decision.
/// </param>
/// <param name="Time">The virtual time of the event.</param>
/// <param name="Event">The event of the stream. For a timer it contains only the server.</param>
/// <param name="Message">The index of the message of the event; -1 when it has none.</param>
/// <param name="Timer">
/// The name of the timer that fires, which is a decision and not an event of the stream; otherwise null.
/// </param>
/// <param name="Cuts">The links that are cut after the event; null when the event does not change them.</param>
internal readonly record struct TracedEvent(
    int Decision, TimeSpan Time, RaftEvent Event, int Message, string? Timer, IReadOnlyList<Link>? Cuts);
