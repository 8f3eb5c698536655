namespace Raft.Verified.Simulation;

/// <summary>
/// Marks a public static property, or a public static method without parameters, of a public type. It returns a
/// <see cref="Scenario"/> or a sequence of scenarios, which the <c>raft</c> command then finds in the assembly.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class RaftScenarioAttribute : Attribute;
