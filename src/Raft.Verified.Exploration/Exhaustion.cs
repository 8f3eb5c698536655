namespace Raft.Verified.Exploration;

/// <summary>What it means that a systematic strategy has nothing left to run.</summary>
/// <param name="Steps">Within how many steps of a schedule everything was tried.</param>
/// <param name="LeftOut">What was not tried within them, in a few words; null for nothing.</param>
public sealed record Exhaustion(int Steps, string? LeftOut);
