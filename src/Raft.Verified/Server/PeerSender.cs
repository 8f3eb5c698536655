using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The task that sends to one peer, one message at a time. A peer that accepts no messages delays no other peer.
/// </summary>
internal sealed class PeerSender(ServerId peer, RaftOptions options, RaftEnvironment environment)
{
    private readonly WorkQueue<Message> _queue = new();
    private volatile bool _closing;

    public ServerId Peer { get; } = peer;

    public void Send(Message message) => _queue.AddDroppingOldest(message, options.MaxQueuedMessagesPerPeer);

    public void Close()
    {
        _closing = true;
        _queue.Close();
    }

    public async Task RunAsync()
    {
        await _queue.WaitAsync();
        while (_queue.TryTakeAll(out List<Message> messages))
        {
            foreach (Message message in messages)
            {
                if (_closing)
                {
                    return;
                }

                await SendAsync(message);
            }

            await _queue.WaitAsync();
        }
    }

    private async ValueTask SendAsync(Message message)
    {
        Emit(RaftEvents.MessageSent(message));
        try
        {
            await environment.Transport.SendAsync(message, environment.Abandoned);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The message is lost, which the protocol tolerates. The event gives the reason.
            Emit(RaftEvents.SendFailed(message, exception));
        }
    }

    private void Emit(in RaftEvent raftEvent) => environment.Observer.OnEvent(in raftEvent);
}
