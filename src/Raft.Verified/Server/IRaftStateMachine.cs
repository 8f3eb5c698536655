using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The replicated state machine (paper, section 2). The server calls it from one task, one call at a time, in log
/// order. Each index is applied exactly once since the last restore. Calls may begin before
/// <see cref="RaftServer.StartAsync"/> has returned the server. The state machine may call back into the server, for
/// example to compact the log. An exception stops the server, because a state machine that cannot apply a committed
/// entry must not continue.
/// </summary>
public interface IRaftStateMachine
{
    /// <summary>
    /// Applies a committed command. The result must be deterministic: every server gets the same state and the same
    /// answer.
    /// </summary>
    /// <param name="index">
    /// The entry's position in the log. Entries that are not commands are skipped, so positions may have gaps.
    /// </param>
    /// <param name="command">The command as it was proposed.</param>
    /// <param name="cancellationToken">Cancelled when the server gives up on the call; see <see cref="RaftServer.StopAsync"/>.</param>
    /// <returns>The answer for the client; only the server that took the proposal delivers it.</returns>
    ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Serializes the whole state after the last applied command. The bytes must not change afterwards.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when the server gives up on the call; see <see cref="RaftServer.StopAsync"/>.</param>
    ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces the whole state by a snapshot that <see cref="TakeSnapshotAsync"/> made on this or another server.
    /// </summary>
    /// <param name="lastIncludedIndex">The last entry that the snapshot covers.</param>
    /// <param name="snapshot">The state, as <see cref="TakeSnapshotAsync"/> returned it.</param>
    /// <param name="cancellationToken">Cancelled when the server gives up on the call; see <see cref="RaftServer.StopAsync"/>.</param>
    ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default);
}
