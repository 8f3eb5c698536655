using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The replicated state machine (paper, section 2). The server calls it from one task, one call at a time, in log order, each index exactly once
/// since the last restore; possibly before <see cref="RaftServer.StartAsync"/> has returned the server. It may call back into the server, for example to compact the log. An exception from it stops the
/// server: a state machine that cannot apply a committed entry must not go on.
/// </summary>
public interface IRaftStateMachine
{
    /// <summary>Applies a committed command. Must be deterministic: every server gets the same state and the same answer.</summary>
    /// <param name="index">The entry's position; entries that are not commands are skipped, so positions may have gaps.</param>
    /// <param name="command">The command as it was proposed.</param>
    /// <param name="cancellationToken">Cancelled when the server gives up on the call; see <see cref="RaftServer.StopAsync"/>.</param>
    /// <returns>The answer for the client; only the server that took the proposal delivers it.</returns>
    ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default);

    /// <summary>Writes the whole state after the last command applied. The bytes must not change afterwards.</summary>
    /// <param name="cancellationToken">Cancelled when the server gives up on the call; see <see cref="RaftServer.StopAsync"/>.</param>
    ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default);

    /// <summary>Replaces the whole state by one that <see cref="TakeSnapshotAsync"/> wrote, here or on another server.</summary>
    /// <param name="lastIncludedIndex">The last entry that the state stands for.</param>
    /// <param name="snapshot">The state.</param>
    /// <param name="cancellationToken">Cancelled when the server gives up on the call; see <see cref="RaftServer.StopAsync"/>.</param>
    ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default);
}
