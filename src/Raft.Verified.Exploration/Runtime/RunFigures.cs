namespace Raft.Verified.Exploration.Runtime;

/// <summary>The cost of a program's body in one run.</summary>
/// <param name="Simulated">The virtual time at the end of the body.</param>
/// <param name="Counts">The program's own numbers, the same ones in each run.</param>
public sealed record RunFigures(TimeSpan Simulated, IReadOnlyList<long> Counts);
