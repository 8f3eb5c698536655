namespace Raft.Verified.ModelChecking;

/// <summary>A property that does not hold in a model.</summary>
/// <param name="Property">Its name.</param>
/// <param name="Message">The contradiction, in one sentence.</param>
/// <param name="Steps">The shortest way there: one line a step.</param>
public sealed record ModelViolation(string Property, string Message, IReadOnlyList<string> Steps)
{
    /// <summary>The same steps as values.</summary>
    public IReadOnlyList<ModelStep> Path { get; init; } = [];
}
