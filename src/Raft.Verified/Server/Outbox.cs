using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The outgoing messages: one sender per peer, and the messages that wait until a write is durable. Only the task that
/// owns the core uses the waiting messages.
/// </summary>
internal sealed class Outbox
{
    private readonly PeerSender[] _senders;
    private readonly Queue<OutgoingMessage> _waitingForDisk = new();

    public Outbox(RaftOptions options, RaftEnvironment environment) =>
        _senders = [.. options.Core.Servers.Where(peer => peer != options.Core.Id).Select(peer => new PeerSender(peer, options, environment))];

    /// <summary>The senders, one per peer.</summary>
    public IReadOnlyList<PeerSender> Senders => _senders;

    /// <summary>Sends a message, or keeps it until the write that it waits for is durable.</summary>
    public void Send(OutgoingMessage message)
    {
        if (message.After == WriteId.None)
        {
            SenderTo(message.Message.To).Send(message.Message);
        }
        else
        {
            _waitingForDisk.Enqueue(message);
        }
    }

    /// <summary>Sends the messages that have waited for writes up to <paramref name="durable"/>.</summary>
    public void Release(WriteId durable)
    {
        while (_waitingForDisk.TryPeek(out OutgoingMessage message) && message.After.Value <= durable.Value)
        {
            _waitingForDisk.Dequeue();
            SenderTo(message.Message.To).Send(message.Message);
        }
    }

    /// <summary>Closes the senders. A message that is being handed to the transport is the last one.</summary>
    public void Close()
    {
        foreach (PeerSender sender in _senders)
        {
            sender.Close();
        }
    }

    private PeerSender SenderTo(ServerId peer)
    {
        foreach (PeerSender sender in _senders)
        {
            if (sender.Peer == peer)
            {
                return sender;
            }
        }

        throw new InvalidOperationException($"no sender to {peer}");
    }
}
