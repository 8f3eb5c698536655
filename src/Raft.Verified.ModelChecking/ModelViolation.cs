namespace Raft.Verified.ModelChecking;

/// <summary>A violation of a property in a model.</summary>
/// <param name="Property">The name of the property.</param>
/// <param name="Message">A description of the violation, in one sentence.</param>
/// <param name="Steps">The shortest path to the violation, one line per step.</param>
public sealed record ModelViolation(string Property, string Message, IReadOnlyList<string> Steps)
{
    /// <summary>The steps of <see cref="Steps"/> as values.</summary>
    public IReadOnlyList<ModelStep> Path { get; init; } = [];
}
