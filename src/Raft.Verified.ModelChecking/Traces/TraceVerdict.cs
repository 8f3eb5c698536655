namespace Raft.Verified.ModelChecking.Traces;

/// <summary>What became of the validation of a trace.</summary>
/// <param name="Lines">How many lines were accepted, the header among them.</param>
/// <param name="Rejection">What is wrong in the line that follows; null when all lines were accepted.</param>
/// <param name="Counts">How often each action was taken in the accepted lines, and each kind of message received, by name.</param>
public sealed record TraceVerdict(int Lines, string? Rejection, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>Whether the whole trace is what the servers can have done.</summary>
    public bool IsAccepted => Rejection is null;
}
