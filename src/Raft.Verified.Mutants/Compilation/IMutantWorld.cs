using System.Text.Json.Nodes;

namespace Raft.Verified.Mutants.Compilation;

/// <summary>
/// Scenarios in which one mutant is seeded. Requests and answers are those of <c>MutantProbe</c>: the caller may be
/// outside, where the types of this project are different ones.
/// </summary>
public interface IMutantWorld : IDisposable
{
    /// <summary>Explores a scenario until a property is violated or the iterations are used up.</summary>
    /// <param name="request">The request, as for <c>MutantProbe.Explore</c>.</param>
    /// <param name="stop">The token that ends the exploration early.</param>
    /// <exception cref="OperationCanceledException">
    /// The exploration ended early, so its answer would be incomplete.
    /// </exception>
    JsonObject Explore(JsonObject request, CancellationToken stop);

    /// <summary>Runs lab tests without monitors.</summary>
    /// <param name="request">The request, as for <c>MutantProbe.Lab</c>.</param>
    /// <param name="stop">The token that ends the runs early.</param>
    /// <exception cref="OperationCanceledException">The runs ended early, so their answer would be incomplete.</exception>
    JsonObject Lab(JsonObject request, CancellationToken stop);

    /// <summary>Shrinks a schedule.</summary>
    /// <param name="request">The request, as for <c>MutantProbe.Shrink</c>.</param>
    /// <param name="stop">The token that ends shrinking early.</param>
    /// <exception cref="OperationCanceledException">Shrinking ended early, so its answer would be incomplete.</exception>
    JsonObject Shrink(JsonObject request, CancellationToken stop);
}
