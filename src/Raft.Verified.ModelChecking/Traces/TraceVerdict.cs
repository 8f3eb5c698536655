namespace Raft.Verified.ModelChecking.Traces;

/// <summary>The outcome of the validation of a trace.</summary>
/// <param name="Lines">The number of accepted lines, the header among them.</param>
/// <param name="Rejection">The mistake in the line that follows; null when all lines were accepted.</param>
/// <param name="Counts">The number of times that each action was taken in the accepted lines, and each kind of message received, by name.</param>
public sealed record TraceVerdict(int Lines, string? Rejection, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>True when the whole trace is what the servers can have done.</summary>
    public bool IsAccepted => Rejection is null;
}
