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
