namespace Raft.Verified.Exploration.Strategies;

/// <summary>An operation that has to wait.</summary>
/// <param name="Identity">The identity of the operation.</param>
/// <param name="Until">The step at which the wait ends.</param>
internal readonly record struct DelayedOperation(ulong Identity, int Until);
