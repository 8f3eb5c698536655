using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.KeyValue;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>
/// A clerk's transport over the network that loses, repeats, delays and reorders messages. Requests to a server that
/// the clerk does not see are lost.
/// </summary>
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
