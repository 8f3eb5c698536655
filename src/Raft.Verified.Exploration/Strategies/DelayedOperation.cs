namespace Raft.Verified.Exploration.Strategies;

/// <summary>An operation that has to wait.</summary>
/// <param name="Identity">Which one.</param>
/// <param name="Until">Until which step.</param>
internal readonly record struct DelayedOperation(ulong Identity, int Until);
