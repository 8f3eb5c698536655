namespace Raft.Verified.Specifications;

/// <summary>A violation of a property.</summary>
/// <param name="Property">The property's <see cref="SafetyProperty.Name"/> or <see cref="LivenessProperty.Name"/>.</param>
/// <param name="Message">A description of the violation, with the facts that contradict each other.</param>
public sealed record Violation(string Property, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"{Property}: {Message}";
}
