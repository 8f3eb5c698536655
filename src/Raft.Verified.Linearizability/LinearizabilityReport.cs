namespace Raft.Verified.Linearizability;

/// <summary>What the check of a history found.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Operations">How many operations the history has.</param>
/// <param name="Unanswered">How many of them have no answer.</param>
/// <param name="Account">Why the history is not linearizable, in a few lines for people; empty when it is.</param>
public sealed record LinearizabilityReport(LinearizabilityVerdict Verdict, int Operations, int Unanswered, string Account)
{
    /// <summary>The part that failed, in pieces; null unless the verdict is <see cref="LinearizabilityVerdict.NotLinearizable"/>.</summary>
    public LinearizabilityFailure? Failure { get; init; }

    /// <summary>Whether the history was shown to be linearizable. Not knowing counts as no.</summary>
    public bool IsLinearizable => Verdict == LinearizabilityVerdict.Linearizable;
}
