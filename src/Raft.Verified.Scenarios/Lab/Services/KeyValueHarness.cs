using Raft.Verified.KeyValue;
using Raft.Verified.Linearizability;
using Raft.Verified.Scenarios.KeyValue;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>
/// The harness of the kvraft tests: clerks over the labs' network, and the history of all their operations.
/// </summary>
internal sealed class KeyValueHarness(SimulatedCluster cluster, ServiceTest test) : ServiceHarness(cluster, test)
{
    private int _clerks;

    /// <summary>The history of the clerks' operations and their answers.</summary>
    public History<StoreOperation, KeyValueReply> History { get; } = new();

    /// <summary>Creates a clerk.</summary>
    /// <param name="servers">The servers that the clerk sees; all servers when the list is empty.</param>
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

    /// <summary>
    /// Checks that an order of all operations explains every answer. An undecided check is a failure too.
    /// </summary>
    public void CheckLinearizable()
    {
        LinearizabilityReport report = LinearizabilityChecker.Check(StoreModel.Instance, History.Operations);
        Require(report.IsLinearizable, $"the history of {report.Operations} operations is not shown to be linearizable ({report.Verdict}): {report.Account}");
    }

    /// <summary>A client of the tests with the labs' convention that a missing key has the empty value.</summary>
    internal sealed class Clerk(KeyValueHarness harness, RecordingClient client, IClerkTransport transport)
    {
        /// <summary>Lets the clerk see only these servers from now on.</summary>
        public void ConnectTo(params int[] servers) => transport.ConnectTo(servers);

        /// <summary>Reads a key's value; empty when the key does not exist.</summary>
        public async Task<string> GetAsync(string key) => (await client.GetAsync(key)).Value;

        public async Task PutAsync(string key, string value) => RequireOk(await client.PutAsync(key, value));

        public async Task AppendAsync(string key, string value) => RequireOk(await client.AppendAsync(key, value));

        /// <summary>Reads a key and checks its value.</summary>
        public async Task CheckAsync(string key, string expected)
        {
            string value = await GetAsync(key);
            harness.Require(value == expected, $"{key} has the value \"{value}\"; expected \"{expected}\"");
        }

        private void RequireOk(KeyValueReply reply) => harness.Require(reply.IsOk, $"a write was answered with {reply}");
    }
}
