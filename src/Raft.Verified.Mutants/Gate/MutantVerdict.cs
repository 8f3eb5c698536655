namespace Raft.Verified.Mutants.Gate;

/// <summary>The verdict of the gate about one mutant.</summary>
public enum MutantVerdict
{
    /// <summary>Every base seed found the mutant within its budget, by an expected property.</summary>
    Found,

    /// <summary>At least one base seed did not find the mutant within its budget.</summary>
    Survived,

    /// <summary>
    /// At least one base seed found something else: an unexpected property, or a bound of the engine.
    /// </summary>
    Unexpected,

    /// <summary>
    /// The mutant could not be tried, took too long, or its schedule did not replay as required.
    /// <see cref="MutantOutcome.Reason"/> says which.
    /// </summary>
    Error,
}
