using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>One input on its way to the core.</summary>
/// <param name="Kind">The kind of input, which determines the fields that have a value.</param>
/// <param name="Message">
/// The message of <see cref="InputKind.Message"/> and <see cref="InputKind.RefusedMessage"/>; null for other inputs.
/// </param>
/// <param name="Number">The number of the timer's setting or of the completed write; 0 for other inputs.</param>
/// <param name="Proposal">The proposal of <see cref="InputKind.Proposal"/>; null for other inputs.</param>
/// <param name="Compaction">The compaction of <see cref="InputKind.Compaction"/>; null for other inputs.</param>
/// <param name="Read">The read of <see cref="InputKind.Read"/>; null for other inputs.</param>
internal readonly record struct Input(
    InputKind Kind, Message? Message = null, long Number = 0, PendingProposal? Proposal = null, PendingCompaction? Compaction = null,
    PendingRead? Read = null);
