using Raft.Verified.KeyValue;
using Raft.Verified.Linearizability;
using Raft.Verified.Scenarios.KeyValue;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>The kvraft tests' harness: clerks over the labs' network, and the history of all that they did.</summary>
internal sealed class KeyValueHarness(SimulatedCluster cluster, ServiceTest test) : ServiceHarness(cluster, test)
{
    private int _clerks;

    /// <summary>Everything that clerks asked and were answered.</summary>
    public History<StoreOperation, KeyValueReply> History { get; } = new();

    /// <summary>Makes a clerk.</summary>
    /// <param name="servers">The servers that it sees; all when none is given.</param>
    public Clerk CreateClerk(params int[] servers)
    {
        int number = ++_clerks;
        IClerkTransport transport = Cluster.Network.Lab is null ? new ChaosClerkTransport(Cluster) : new LabKeyValueTransport(Cluster, $"clerk {number}");
        transport.ConnectTo(servers.Length > 0 ? servers : Enumerable.Range(0, Count));
        KeyValueClient client = new(
            transport, new KeyValueClientOptions { Servers = Cluster.ServerIds }, Cluster.Simulation.CreateProcess(0, $"clerk {number}").Time);
        return new Clerk(this, new RecordingClient(History, number, client), transport);
    }

    /// <summary>Kills all servers.</summary>
    public void CrashAll()
    {
        foreach (SimulatedServer server in Cluster.Servers)
        {
            server.Crash();
        }
    }

    /// <summary>Starts all servers from their disks.</summary>
    public void StartAll() => Cluster.StartAll();

    /// <summary>There must be an order of all operations that explains every answer; that none could be ruled out is not enough.</summary>
    public void CheckLinearizable()
    {
        LinearizabilityReport report = LinearizabilityChecker.Check(StoreModel.Instance, History.Operations);
        Require(report.IsLinearizable, $"the history of {report.Operations} operations is not shown to be linearizable ({report.Verdict}): {report.Account}");
    }

    /// <summary>A client of the tests, as the labs have it: a key that does not exist has the empty value.</summary>
    internal sealed class Clerk(KeyValueHarness harness, RecordingClient client, IClerkTransport transport)
    {
        /// <summary>From now on the clerk sees these servers only.</summary>
        public void ConnectTo(params int[] servers) => transport.ConnectTo(servers);

        /// <summary>A key's value; empty without one.</summary>
        public async Task<string> GetAsync(string key) => (await client.GetAsync(key)).Value;

        public async Task PutAsync(string key, string value) => RequireOk(await client.PutAsync(key, value));

        public async Task AppendAsync(string key, string value) => RequireOk(await client.AppendAsync(key, value));

        /// <summary>Gets a key and demands a value.</summary>
        public async Task CheckAsync(string key, string expected)
        {
            string value = await GetAsync(key);
            harness.Require(value == expected, $"{key} has the value \"{value}\"; expected \"{expected}\"");
        }

        private void RequireOk(KeyValueReply reply) => harness.Require(reply.IsOk, $"a write was answered with {reply}");
    }
}
