using System.Globalization;

namespace Raft.Verified.Scenarios.Lab.Services;

// The kvraft tests that are not the generic workload.
public static partial class ServiceLibrary
{
    private const int LogFactor = 8;

    private static async Task SpeedAsync(KeyValueHarness kv)
    {
        const int Operations = 1000;
        const double LimitMs = 100.0 / 3; // Three operations in a heartbeat interval of 100 ms.
        KeyValueHarness.Clerk clerk = kv.CreateClerk();
        await clerk.GetAsync("x");
        TimeSpan began = kv.Now;
        for (int i = 0; i < Operations; i++)
        {
            await clerk.AppendAsync("x", Element(0, i));
        }

        TimeSpan took = kv.Now - began;
        kv.Require(
            took.TotalMilliseconds <= Operations * LimitMs, $"{Operations} operations took {took.TotalSeconds:F1} s; expected at most {LimitMs:F1} ms each");
        await clerk.CheckAsync("x", string.Concat(Enumerable.Range(0, Operations).Select(i => Element(0, i))));
        kv.CheckLogSize(LogFactor);
        kv.CheckLinearizable();
    }

    private static async Task UnreliableOneKeyAsync(KeyValueHarness kv)
    {
        const int Clients = 5;
        const int Appends = 10;
        KeyValueHarness.Clerk clerk = kv.CreateClerk();
        await clerk.PutAsync("k", "");
        Task[] clients = new Task[Clients];
        for (int i = 0; i < Clients; i++)
        {
            int client = i;
            clients[i] = kv.Run($"client {client}", async () =>
            {
                KeyValueHarness.Clerk own = kv.CreateClerk();
                for (int n = 0; n < Appends; n++)
                {
                    await own.AppendAsync("k", Element(client, n));
                }
            });
        }

        foreach (Task client in clients)
        {
            await client;
        }

        string value = await clerk.GetAsync("k");
        int length = 0;
        for (int client = 0; client < Clients; client++)
        {
            int last = -1;
            for (int n = 0; n < Appends; n++)
            {
                string element = Element(client, n);
                int at = value.IndexOf(element, StringComparison.Ordinal);
                kv.Require(at >= 0 && value.LastIndexOf(element, StringComparison.Ordinal) == at, $"\"{element}\" is not there exactly once: \"{value}\"");
                kv.Require(at > last, $"\"{element}\" stands before an earlier element of its client: \"{value}\"");
                last = at;
                length += element.Length;
            }
        }

        kv.Require(value.Length == length, $"the value has more than the appended elements: \"{value}\"");
        kv.CheckLinearizable();
    }

    private static async Task OnePartitionAsync(KeyValueHarness kv)
    {
        KeyValueHarness.Clerk first = kv.CreateClerk();
        await first.PutAsync("1", "13");

        // Unlike the labs' clerks, this one needs a session. It opens the session before the partition, so that the put
        // itself reaches the minority's leader.
        KeyValueHarness.Clerk b = kv.CreateClerk();
        await b.PutAsync("2", "");
        int leader = await kv.LeaderAsync();
        int[] majority = [.. Enumerable.Range(0, kv.Count).Where(server => server != leader).Take((kv.Count / 2) + 1)];
        int[] minority = [.. Enumerable.Range(0, kv.Count).Except(majority)];
        kv.Partition(majority, minority);
        KeyValueHarness.Clerk a = kv.CreateClerk(majority);
        b.ConnectTo(minority);
        KeyValueHarness.Clerk c = kv.CreateClerk(minority);

        await a.PutAsync("1", "14");
        await a.CheckAsync("1", "14");

        Task put = kv.Run("put in the minority", () => b.PutAsync("1", "15"));
        Task get = kv.Run("get in the minority", () => c.GetAsync("1"));
        await kv.SleepAsync(1000);
        kv.Require(!put.IsCompleted, "a put in the minority has succeeded");
        kv.Require(!get.IsCompleted, "a get in the minority has succeeded");
        await a.CheckAsync("1", "14");
        await a.PutAsync("1", "16");
        await a.CheckAsync("1", "16");
        kv.Require(!put.IsCompleted && !get.IsCompleted, "a put or a get in the minority has succeeded");

        kv.Heal();
        a.ConnectTo([.. majority, .. minority]);
        b.ConnectTo([.. majority, .. minority]);
        c.ConnectTo([.. majority, .. minority]);
        await kv.SleepAsync(1000);
        await kv.UntilAsync(() => put.IsCompleted && get.IsCompleted, 3000);
        kv.Require(put.IsCompleted, "the put of the minority has not succeeded three seconds after the cut was healed");
        kv.Require(get.IsCompleted, "the get of the minority has not succeeded three seconds after the cut was healed");
        await first.CheckAsync("1", "15");
        kv.CheckLinearizable();
    }

    private static async Task SnapshotRpcAsync(KeyValueHarness kv)
    {
        const int Puts = 50;
        KeyValueHarness.Clerk clerk = kv.CreateClerk();
        await clerk.PutAsync("a", "A");
        await clerk.CheckAsync("a", "A");

        kv.Partition([0, 1], [2]);
        KeyValueHarness.Clerk left = kv.CreateClerk(0, 1);
        for (int i = 0; i < Puts; i++)
        {
            await left.PutAsync(Number(i), Number(i));
        }

        await kv.SleepAsync(1000);
        await left.PutAsync("b", "B");
        kv.CheckLogSize(LogFactor);

        // Server 2 has none of these entries, and needs a snapshot before it can form a majority.
        kv.Partition([0, 2], [1]);
        KeyValueHarness.Clerk right = kv.CreateClerk(0, 2);
        await right.PutAsync("c", "C");
        await right.PutAsync("d", "D");
        await right.CheckAsync("a", "A");
        await right.CheckAsync("b", "B");
        await right.CheckAsync("1", "1");
        await right.CheckAsync("49", "49");

        kv.Heal();
        await clerk.PutAsync("e", "E");
        await clerk.CheckAsync("c", "C");
        await clerk.CheckAsync("e", "E");
        await clerk.CheckAsync("1", "1");
        kv.CheckLinearizable();
    }

    private static async Task SnapshotSizeAsync(KeyValueHarness kv)
    {
        const int MaxSnapshot = 500;
        KeyValueHarness.Clerk clerk = kv.CreateClerk();
        for (int i = 0; i < 200; i++)
        {
            await clerk.PutAsync("x", "0");
            await clerk.CheckAsync("x", "0");
            await clerk.PutAsync("x", "1");
            await clerk.CheckAsync("x", "1");
        }

        kv.CheckLogSize(LogFactor);
        kv.Require(kv.LargestSnapshot > 0, "there is no snapshot");
        kv.Require(kv.LargestSnapshot <= MaxSnapshot, $"a snapshot of one key has {kv.LargestSnapshot} bytes; expected at most {MaxSnapshot}");
        kv.CheckLinearizable();
    }

    private static string Element(int client, int number) => $"x {client} {number} y";

    private static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);
}
