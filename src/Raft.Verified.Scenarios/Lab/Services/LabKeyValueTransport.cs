using Raft.Verified.KeyValue;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.KeyValue;
using Raft.Verified.Simulation;
using Raft.Verified.Simulation.Lab;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>A clerk's transport to the servers, with one end of the labs' network per server.</summary>
internal sealed class LabKeyValueTransport : IClerkTransport
{
    private readonly SimulatedCluster _cluster;
    private readonly LabNetwork _network;
    private readonly LabEnd[] _ends;

    public LabKeyValueTransport(SimulatedCluster cluster, string owner)
    {
        _cluster = cluster;
        _network = cluster.Network.Lab!;
        _ends = [.. cluster.ServerIds.Select(server => _network.CreateEnd(owner, server.ToString()))];
    }

    /// <summary>Lets the clerk see only these servers, by number from 0.</summary>
    public void ConnectTo(IEnumerable<int> servers)
    {
        int[] seen = [.. servers];
        for (int server = 0; server < _ends.Length; server++)
        {
            _ends[server].IsEnabled = seen.Contains(server);
        }
    }

    public async Task<KeyValueResponse?> SendAsync(ServerId server, KeyValueRequest request)
    {
        int bytes = request.Command is { } command ? KeyValueEncoding.Encode(command).Length : request.Key.Length;
        LabReply<KeyValueResponse> reply = await _network.CallAsync(_ends[server.Value - 1], request.ToString(), bytes, life => HandleAsync(life, request));
        return reply.Success ? reply.Value : null;
    }

    private async Task<(KeyValueResponse Value, int Bytes)> HandleAsync(LabServer life, KeyValueRequest request)
    {
        SimulatedServer server = (SimulatedServer)life.Service;
        KeyValueResponse response = await WatchedService.HandleAsync(_cluster, server, server.Server!, request);
        return (response, KeyValueEncoding.Encode(response.Reply ?? new KeyValueReply(KeyValueStatus.Ok)).Length);
    }
}
