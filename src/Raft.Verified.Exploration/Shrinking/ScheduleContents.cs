namespace Raft.Verified.Exploration.Shrinking;

/// <summary>The contents of a schedule, as counts.</summary>
/// <param name="Decisions">The number of decisions: steps and values drawn.</param>
/// <param name="Faults">
/// The number of faults: crashes, lost and repeated messages, and other acts of the environment on servers and network.
/// </param>
/// <param name="ClientOperations">The number of operations that clients requested.</param>
/// <param name="Servers">The number of servers with at least one step.</param>
/// <param name="Switches">The number of times that the next step belonged to another server or client.</param>
public sealed record ScheduleContents(int Decisions, int Faults, int ClientOperations, int Servers, int Switches);
