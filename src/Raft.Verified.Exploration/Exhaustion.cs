namespace Raft.Verified.Exploration;

/// <summary>The extent of a finished systematic search: the strategy has nothing left to run.</summary>
/// <param name="Steps">The number of steps per schedule within which everything was tried.</param>
/// <param name="LeftOut">A few words on what was not tried within those steps; null when nothing was left out.</param>
public sealed record Exhaustion(int Steps, string? LeftOut);
