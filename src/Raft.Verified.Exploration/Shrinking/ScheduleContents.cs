namespace Raft.Verified.Exploration.Shrinking;

/// <summary>What a schedule consists of.</summary>
/// <param name="Decisions">Its decisions: steps and values drawn.</param>
/// <param name="Faults">Crashes, lost and repeated messages, and what else the environment did to servers and network.</param>
/// <param name="ClientOperations">Operations that clients asked for.</param>
/// <param name="Servers">Servers of which something ran.</param>
/// <param name="Switches">How often another server or client was next.</param>
public sealed record ScheduleContents(int Decisions, int Faults, int ClientOperations, int Servers, int Switches);
