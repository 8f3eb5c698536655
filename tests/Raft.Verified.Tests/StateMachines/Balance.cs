namespace Raft.Verified.Tests.StateMachines;

/// <summary>The answer to a <see cref="Deposit"/>.</summary>
public sealed record Balance(long Amount, long Position);
