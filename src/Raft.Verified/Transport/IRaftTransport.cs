using Raft.Verified.Protocol;

namespace Raft.Verified.Transport;

/// <summary>
/// Carries messages between servers. May lose, repeat, delay and reorder them; must not change them or deliver one to another
/// server than it names. Messages that arrive are handed to the receiving server.
/// </summary>
public interface IRaftTransport
{
    /// <summary>
    /// Sends a message. The task completes when the transport has taken the message off the sender's hands, not when it has arrived;
    /// messages to the same server are sent one at a time. An exception means that the message is lost, which Raft tolerates.
    /// </summary>
    /// <param name="message">The message; its <see cref="Message.To"/> says where it goes.</param>
    /// <param name="cancellationToken">Cancelled when the server gives up on the call; see <see cref="Server.RaftServer.StopAsync"/>.</param>
    ValueTask SendAsync(Message message, CancellationToken cancellationToken = default);
}
