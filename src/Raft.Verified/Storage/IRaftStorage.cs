using Raft.Verified.Protocol;

namespace Raft.Verified.Storage;

/// <summary>
/// The durable storage of one server. The server calls <see cref="LoadAsync"/> once, before anything else, then
/// <see cref="WriteAsync"/>, one call at a time. An exception from it stops the server: after a failed write nobody knows what the disk
/// holds, and trying again could only pretend (so does a failed flush).
/// </summary>
public interface IRaftStorage
{
    /// <summary>
    /// Reads what the disk holds, and makes durable what it read before the task completes: the server takes everything that this returns for durable,
    /// acknowledges it to others at once, and never writes it again.
    /// </summary>
    /// <remarks>
    /// A file that is read shows what the operating system's cache holds. After the death of the process alone that may be a write that was never
    /// flushed: a power cut still takes it back. So an implementation flushes what it has read before it returns (for files: each one, and its
    /// directory), or leaves out what it cannot vouch for. An exception, also from such a flush, makes <see cref="Server.RaftServer.StartAsync"/> fail.
    /// </remarks>
    /// <param name="cancellationToken">Cancelled when nobody waits for the state any more.</param>
    /// <returns>
    /// The durable state; <see cref="DurableState.Empty"/> for a new server. Never null. After a crash in the middle of a write, a prefix of its parts
    /// (<see cref="DurableWrite"/>), each whole.
    /// </returns>
    ValueTask<DurableState> LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes writes durable: when the task completes, they survive a crash of the machine. A crash before that may leave any prefix
    /// of their parts, in the order stated at <see cref="DurableWrite"/>, each part whole or absent.
    /// </summary>
    /// <param name="writes">The writes, in the order of their numbers; at least one.</param>
    /// <param name="cancellationToken">Cancelled when the server gives up on the call; see <see cref="Server.RaftServer.StopAsync"/>.</param>
    ValueTask WriteAsync(IReadOnlyList<DurableWrite> writes, CancellationToken cancellationToken = default);
}
