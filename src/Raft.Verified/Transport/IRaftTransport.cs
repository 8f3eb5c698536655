using Raft.Verified.Protocol;

namespace Raft.Verified.Transport;

/// <summary>
/// The transport that carries messages between servers. It may lose, repeat, delay and reorder messages. It must not
/// change a message, nor deliver it to a server that the message does not name. Messages that arrive are handed to the
/// receiving server.
/// </summary>
public interface IRaftTransport
{
    /// <summary>
    /// Sends a message. The task completes when the transport has accepted the message, not when the message has
    /// arrived. Messages to the same server are sent one at a time. An exception means that the message is lost, which
    /// Raft tolerates.
    /// </summary>
    /// <param name="message">The message, addressed to the server in <see cref="Message.To"/>.</param>
    /// <param name="cancellationToken">Cancelled when the server gives up on the call; see <see cref="Server.RaftServer.StopAsync"/>.</param>
    ValueTask SendAsync(Message message, CancellationToken cancellationToken = default);
}
