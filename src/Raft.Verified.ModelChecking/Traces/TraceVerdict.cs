namespace Raft.Verified.ModelChecking.Traces;

/// <summary>The outcome of the validation of a trace.</summary>
/// <param name="Lines">The number of accepted lines, including the header.</param>
/// <param name="Rejection">The mistake in the line after the accepted ones; null when all lines were accepted.</param>
/// <param name="Counts">
/// The number of accepted lines per action, by name. Received messages are counted per type, such as
/// <c>Receive AppendEntries</c>.
/// </param>
public sealed record TraceVerdict(int Lines, string? Rejection, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>True when the servers can have produced the whole trace.</summary>
    public bool IsAccepted => Rejection is null;
}
