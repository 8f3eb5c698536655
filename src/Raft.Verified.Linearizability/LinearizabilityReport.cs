namespace Raft.Verified.Linearizability;

/// <summary>The result of the check of a history.</summary>
/// <param name="Verdict">The verdict about the history.</param>
/// <param name="Operations">The number of operations in the history.</param>
/// <param name="Unanswered">The number of operations without an answer.</param>
/// <param name="Account">
/// The explanation why the history is not linearizable or undecided, in a few lines for people; empty when it is
/// linearizable.
/// </param>
public sealed record LinearizabilityReport(LinearizabilityVerdict Verdict, int Operations, int Unanswered, string Account)
{
    /// <summary>
    /// The explanation as data, for the part that failed; null unless the verdict is
    /// <see cref="LinearizabilityVerdict.NotLinearizable"/>.
    /// </summary>
    public LinearizabilityFailure? Failure { get; init; }

    /// <summary>True when the history was shown to be linearizable; false also when the verdict is unknown.</summary>
    public bool IsLinearizable => Verdict == LinearizabilityVerdict.Linearizable;
}
