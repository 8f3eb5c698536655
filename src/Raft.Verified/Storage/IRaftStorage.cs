using Raft.Verified.Protocol;

namespace Raft.Verified.Storage;

/// <summary>
/// The durable storage of one server. The server calls <see cref="LoadAsync"/> once, before anything else, then
/// <see cref="WriteAsync"/>, one call at a time. An exception stops the server. After a failed write or flush the
/// content of the disk is unknown, so a retry could report success wrongly.
/// </summary>
public interface IRaftStorage
{
    /// <summary>
    /// Loads the state on the disk, and makes it durable before the task completes. The server treats the returned
    /// state as durable: it acknowledges the state to others at once and never writes it again.
    /// </summary>
    /// <remarks>
    /// A file read returns the content of the operating system's cache. If only the process died, that content may
    /// include a write that was never flushed and that a power failure would lose. So an implementation flushes the
    /// loaded data before it returns (each file and its directory), or omits data that may not be durable. An
    /// exception, also from such a flush, makes <see cref="Server.RaftServer.StartAsync"/> fail.
    /// </remarks>
    /// <param name="cancellationToken">Cancelled when nobody waits for the state any more.</param>
    /// <returns>
    /// The durable state, never null; <see cref="DurableState.Empty"/> for a new server. After a crash during a write
    /// it contains a prefix of the write's parts (<see cref="DurableWrite"/>), each part whole.
    /// </returns>
    ValueTask<DurableState> LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes writes durable. When the task completes, the writes survive a crash of the machine. An earlier crash may
    /// leave any prefix of their parts, in the order stated at <see cref="DurableWrite"/>, each part whole or absent.
    /// </summary>
    /// <param name="writes">The writes, in the order of their numbers; at least one.</param>
    /// <param name="cancellationToken">Cancelled when the server gives up on the call; see <see cref="Server.RaftServer.StopAsync"/>.</param>
    ValueTask WriteAsync(IReadOnlyList<DurableWrite> writes, CancellationToken cancellationToken = default);
}
