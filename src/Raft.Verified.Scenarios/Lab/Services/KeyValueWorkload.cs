namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>The generic workload of the kvraft tests, as in 2024.</summary>
/// <param name="Clients">The number of clients, each with its own clerk.</param>
/// <param name="Crash">True when all servers crash at the end of each round, with calls in progress.</param>
/// <param name="Partitions">True when the servers are partitioned at random repeatedly.</param>
/// <param name="RandomKeys">True when all clients share all keys; false when each client has its own key.</param>
internal sealed record KeyValueWorkload(int Clients, bool Crash = false, bool Partitions = false, bool RandomKeys = false)
{
    private const int Rounds = 3;
    private const int CalmMs = 1000;
    private const int RoundMs = 5000;
    private const int ElectionMs = 1000;
    private const int PartitionMs = 1000;
    private const int PartitionSpreadMs = 200;
    private const int LogFactor = 8;

    // The maximum pause of a client between operations, in milliseconds. The labs' clients do not pause. But according
    // to the published figures, an operation took about 17 ms with one client, 65 ms with five and 50 ms with twenty.
    private int ThinkMs => Clients == 1 ? 30 : 100;

    /// <summary>Runs the workload.</summary>
    public async Task RunAsync(KeyValueHarness kv)
    {
        for (int round = 0; round < Rounds; round++)
        {
            await RunRoundAsync(kv);
        }

        kv.CheckLinearizable();
    }

    private async Task RunRoundAsync(KeyValueHarness kv)
    {
        Stop stop = new();
        Task<int>[] clients = new Task<int>[Clients];
        Task[] running = new Task[Clients];
        for (int i = 0; i < Clients; i++)
        {
            int client = i;
            TaskCompletionSource<int> appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            clients[i] = appended.Task;
            running[i] = kv.Run($"client {client}", async () => appended.SetResult(await RunClientAsync(kv, client, stop)));
        }

        Task partitioner = Task.CompletedTask;
        if (Partitions)
        {
            await kv.SleepAsync(CalmMs);
            partitioner = kv.Run("partitioner", () => PartitionAsync(kv, stop));
        }

        await kv.SleepAsync(RoundMs);
        stop.IsRequested = true;
        if (Partitions)
        {
            await partitioner;
            kv.Heal();
            await kv.SleepAsync(ElectionMs);
        }

        if (Crash)
        {
            kv.CrashAll();
            await kv.SleepAsync(ElectionMs);
            kv.StartAll();
        }

        for (int client = 0; client < Clients; client++)
        {
            await running[client];
            if (!RandomKeys)
            {
                CheckAppends(kv, client, await kv.CreateClerk().GetAsync(KeyOf(client)), await clients[client]);
            }
        }

        kv.CheckLogSize(LogFactor);
    }

    private async Task<int> RunClientAsync(KeyValueHarness kv, int client, Stop stop)
    {
        KeyValueHarness.Clerk clerk = kv.CreateClerk();
        string expected = "";
        int appended = 0;
        if (!RandomKeys)
        {
            await clerk.PutAsync(KeyOf(client), "");
        }

        while (!stop.IsRequested)
        {
            string key = RandomKeys ? KeyOf(kv.Random(Clients, "key")) : KeyOf(client);
            string text = Text(client, appended);
            if (kv.Happens(50, "append"))
            {
                await clerk.AppendAsync(key, text);
                expected += text;
                appended++;
            }
            else if (RandomKeys && kv.Happens(10, "put"))
            {
                await clerk.PutAsync(key, text);
                appended++;
            }
            else
            {
                string value = await clerk.GetAsync(key);
                kv.Require(RandomKeys || value == expected, $"client {client} got \"{value}\" of its own key; expected \"{expected}\"");
            }

            await kv.SleepAsync(kv.Random(ThinkMs, "ms of thought"));
        }

        return appended;
    }

    private static async Task PartitionAsync(KeyValueHarness kv, Stop stop)
    {
        while (!stop.IsRequested)
        {
            int sides = kv.Random(1 << kv.Count, "sides of the partition");
            ILookup<int, int> side = Enumerable.Range(0, kv.Count).ToLookup(server => (sides >> server) & 1);
            kv.Partition([.. side[0]], [.. side[1]]);
            await kv.SleepAsync(PartitionMs + kv.Random(PartitionSpreadMs, "more ms of partition"));
        }
    }

    // The value must contain each element of this client once, in order, and none of other clients.
    private static void CheckAppends(KeyValueHarness kv, int client, string value, int appended)
    {
        string expected = string.Concat(Enumerable.Range(0, appended).Select(i => Text(client, i)));
        kv.Require(value == expected, $"after {appended} appends the key of client {client} has the value \"{value}\"");
    }

    private static string KeyOf(int client) => client.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(int client, int number) => $"x {client} {number} y";

    private sealed class Stop
    {
        public bool IsRequested { get; set; }
    }
}
