using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A proposal that was committed and applied.</summary>
/// <param name="Term">The term of its entry.</param>
/// <param name="Index">The position of its entry.</param>
/// <param name="Result">The state machine's answer.</param>
public sealed record ProposalResult(Term Term, LogIndex Index, ReadOnlyMemory<byte> Result);
