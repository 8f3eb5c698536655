namespace Raft.Verified.Testing.Page;

/// <summary>One arrival of a message.</summary>
/// <param name="Event">The index of the event of the arrival.</param>
/// <param name="Lateness">The reasons why the arrival is late, if any.</param>
internal readonly record struct Arrival(int Event, Lateness Lateness);
