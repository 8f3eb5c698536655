using System.Collections.Concurrent;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Transport;

namespace Counter;

/// <summary>The network of servers in one process. A message to a server that has not started is lost.</summary>
internal sealed class InProcessTransport : IRaftTransport
{
    private readonly ConcurrentDictionary<ServerId, RaftServer> _servers = new();

    public IEnumerable<RaftServer> Servers => _servers.Values;

    public void Add(RaftServer server) => _servers[server.Id] = server;

    public ValueTask SendAsync(Message message, CancellationToken cancellationToken = default)
    {
        if (_servers.TryGetValue(message.To, out RaftServer? receiver))
        {
            receiver.Receive(message);
        }

        return default;
    }
}
