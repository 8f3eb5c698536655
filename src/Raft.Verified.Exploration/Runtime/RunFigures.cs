namespace Raft.Verified.Exploration.Runtime;

/// <summary>The cost of a program's body in one run.</summary>
/// <param name="Simulated">The virtual time at its end.</param>
/// <param name="Counts">Numbers of the program's own, the same ones in each run.</param>
public sealed record RunFigures(TimeSpan Simulated, IReadOnlyList<long> Counts);
