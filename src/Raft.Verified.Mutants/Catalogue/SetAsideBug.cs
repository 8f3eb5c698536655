namespace Raft.Verified.Mutants.Catalogue;

/// <summary>A known bug that has no mutant.</summary>
/// <param name="Id">The name of the bug in the catalogues of known bugs.</param>
/// <param name="Title">A description of the bug, in one line.</param>
/// <param name="Reason">The reason why there is no mutant: for example a missing feature, or a duplicate.</param>
public sealed record SetAsideBug(string Id, string Title, string Reason);
