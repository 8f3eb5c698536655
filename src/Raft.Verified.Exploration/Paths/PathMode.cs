namespace Raft.Verified.Exploration.Paths;

/// <summary>The liberties that a way may be taken with.</summary>
/// <param name="EarlyWrites">
/// Whether a disk completes more writes than a step says, where the server has handed it several in one call. If not, it completes none of them until a later step
/// includes them all.
/// </param>
/// <param name="GoesOn">Whether the run continues with the deterministic fair scheduler after the last step, so that the damage shows.</param>
internal readonly record struct PathMode(bool EarlyWrites, bool GoesOn);
