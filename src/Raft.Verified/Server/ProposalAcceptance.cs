using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A proposal that the leader has appended to its log. It is not guaranteed to be committed.</summary>
/// <param name="Term">The term of the proposal's entry.</param>
/// <param name="Index">
/// The position of the proposal's entry. If the leader is deposed, another entry may be committed there.
/// </param>
/// <param name="Completion">
/// A task that completes when the entry is committed and applied here. It fails with
/// <see cref="ProposalRefusedException"/> when the entry cannot be committed or its outcome is unknown.
/// </param>
public sealed record ProposalAcceptance(Term Term, LogIndex Index, Task<ProposalResult> Completion);
