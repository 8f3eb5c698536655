namespace Raft.Verified.Exploration.Runtime;

/// <summary>The contents of a schedule, as users would count them.</summary>
/// <param name="Faults">The number of faults, which are acts of the environment on the program.</param>
/// <param name="Calls">The number of calls that clients made.</param>
public readonly record struct RunContents(int Faults, int Calls);
