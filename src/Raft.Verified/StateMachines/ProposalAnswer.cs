using Raft.Verified.Protocol;

namespace Raft.Verified.StateMachines;

/// <summary>The typed result of a proposal that was committed and applied.</summary>
/// <typeparam name="TAnswer">The type of the answers.</typeparam>
/// <param name="Term">The term of the proposal's entry.</param>
/// <param name="Index">The position of the proposal's entry.</param>
/// <param name="Answer">The state machine's answer.</param>
public sealed record ProposalAnswer<TAnswer>(Term Term, LogIndex Index, TAnswer Answer);
