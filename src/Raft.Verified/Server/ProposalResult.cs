using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The result of a proposal that was committed and applied.</summary>
/// <param name="Term">The term of the proposal's entry.</param>
/// <param name="Index">The position of the proposal's entry.</param>
/// <param name="Result">The state machine's answer.</param>
public sealed record ProposalResult(Term Term, LogIndex Index, ReadOnlyMemory<byte> Result);
