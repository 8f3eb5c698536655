using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.KeyValue;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>A clerk's ways to the servers, of which it may see some only.</summary>
internal interface IClerkTransport : IKeyValueTransport
{
    /// <summary>Lets the clerk see these servers, by number from 0, and no others.</summary>
    void ConnectTo(IEnumerable<int> servers);
}

/// <summary>The same over the network that loses, repeats, delays and reorders. What goes to a server that the clerk does not see is lost.</summary>
internal sealed class ChaosClerkTransport(SimulatedCluster cluster) : IClerkTransport
{
    private readonly ChaosKeyValueTransport _network = new(cluster);
    private readonly bool[] _sees = new bool[cluster.Servers.Count];

    public void ConnectTo(IEnumerable<int> servers)
    {
        Array.Clear(_sees);
        foreach (int server in servers)
        {
            _sees[server] = true;
        }
    }

    public Task<KeyValueResponse?> SendAsync(ServerId server, KeyValueRequest request) => _sees[server.Value - 1]
        ? _network.SendAsync(server, request)
        : new TaskCompletionSource<KeyValueResponse?>(TaskCreationOptions.RunContinuationsAsynchronously).Task;
}
