using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A proposal that the leader has appended to its log, which is no promise that it will be committed.</summary>
/// <param name="Term">The term of its entry.</param>
/// <param name="Index">The position of its entry; should the leader lose its leadership, another entry may be committed there.</param>
/// <param name="Completion">
/// Completes when the entry is committed and applied here; with <see cref="ProposalRefusedException"/> when it cannot be, or its outcome is unknown here.
/// </param>
public sealed record ProposalAcceptance(Term Term, LogIndex Index, Task<ProposalResult> Completion);
