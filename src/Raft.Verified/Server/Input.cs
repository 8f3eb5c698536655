using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>One input on its way to the core.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Message">Of <see cref="InputKind.Message"/> and <see cref="InputKind.RefusedMessage"/>.</param>
/// <param name="Number">The timer's setting, or the number of the completed write.</param>
/// <param name="Proposal">Of <see cref="InputKind.Proposal"/>.</param>
/// <param name="Compaction">Of <see cref="InputKind.Compaction"/>.</param>
/// <param name="Read">Of <see cref="InputKind.Read"/>.</param>
internal readonly record struct Input(
    InputKind Kind, Message? Message = null, long Number = 0, PendingProposal? Proposal = null, PendingCompaction? Compaction = null,
    PendingRead? Read = null);
