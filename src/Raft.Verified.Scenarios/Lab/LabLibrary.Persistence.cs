using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Scenarios.Lab;

// Part C: persistence.
public static partial class LabLibrary
{
    private const int ManyIterations = 1000;

    private static LabTest[] Persistence() =>
    [
        new() { Name = "Persist13C", Demands = "agreement after restarts of all servers, of the leader, and of a follower", Servers = 3, Body = Persist1 },
        new() { Name = "Persist23C", Demands = "agreement with every majority of old and new servers", Servers = 5, Body = Persist2 },
        new() { Name = "Persist33C", Demands = "a restarted leader keeps the entries that it committed together with a server that is now down", Servers = 3, Body = Persist3 },
        new() { Name = "Figure83C", Demands = "frequent crashes of leaders lose no committed entry (paper, Figure 8)", Servers = 5, Body = Figure8 },
        new() { Name = "UnreliableAgree3C", Demands = "agreement on many commands at once over an unreliable network", Servers = 5, IsUnreliable = true, Body = UnreliableAgree },
        new() { Name = "Figure8Unreliable3C", Demands = "the same as Figure83C, over an unreliable network that reorders replies", Servers = 5, IsUnreliable = true, Body = Figure8Unreliable },
        new() { Name = "ReliableChurn3C", Demands = "committed entries stay committed while servers disconnect, crash and return", Servers = 5, Body = Churn },
        new() { Name = "UnreliableChurn3C", Demands = "the same over an unreliable network", Servers = 5, IsUnreliable = true, Body = Churn },
    ];

    private static async Task Persist1(LabHarness lab)
    {
        await lab.OneAsync(11, lab.Count, retry: true);
        for (int server = 0; server < lab.Count; server++)
        {
            await lab.RestartAsync(server);
        }

        for (int server = 0; server < lab.Count; server++)
        {
            lab.Disconnect(server);
            lab.Connect(server);
        }

        await lab.OneAsync(12, lab.Count, retry: true);
        int first = await lab.CheckOneLeaderAsync();
        lab.Disconnect(first);
        await RestartAndConnect(lab, first);
        await lab.OneAsync(13, lab.Count, retry: true);

        int second = await lab.CheckOneLeaderAsync();
        lab.Disconnect(second);
        await lab.OneAsync(14, lab.Count - 1, retry: true);
        await RestartAndConnect(lab, second);
        await lab.WaitAsync(4, lab.Count);

        int third = lab.After(await lab.CheckOneLeaderAsync(), 1);
        lab.Disconnect(third);
        await lab.OneAsync(15, lab.Count - 1, retry: true);
        await RestartAndConnect(lab, third);
        await lab.OneAsync(16, lab.Count, retry: true);
    }

    private static async Task Persist2(LabHarness lab)
    {
        int command = 11;
        for (int round = 0; round < 5; round++)
        {
            await lab.OneAsync(command++, lab.Count, retry: true);
            int leader = await lab.CheckOneLeaderAsync();
            lab.Disconnect(lab.After(leader, 1));
            lab.Disconnect(lab.After(leader, 2));
            await lab.OneAsync(command++, lab.Count - 2, retry: true);

            lab.Disconnect(leader);
            lab.Disconnect(lab.After(leader, 3));
            lab.Disconnect(lab.After(leader, 4));
            await RestartAndConnect(lab, lab.After(leader, 1));
            await RestartAndConnect(lab, lab.After(leader, 2));
            await lab.SleepAsync(E);
            await RestartAndConnect(lab, lab.After(leader, 3));
            await lab.OneAsync(command++, lab.Count - 2, retry: true);

            lab.Connect(lab.After(leader, 4));
            lab.Connect(leader);
        }

        await lab.OneAsync(1000, lab.Count, retry: true);
    }

    private static async Task Persist3(LabHarness lab)
    {
        await lab.OneAsync(101, 3, retry: true);
        int leader = await lab.CheckOneLeaderAsync();
        lab.Disconnect(lab.After(leader, 2));
        await lab.OneAsync(102, 2, retry: true);
        lab.Crash(leader);
        lab.Crash(lab.After(leader, 1));
        lab.Connect(lab.After(leader, 2));
        await RestartAndConnect(lab, leader);
        await lab.OneAsync(103, 2, retry: true);
        await RestartAndConnect(lab, lab.After(leader, 1));
        await lab.OneAsync(104, 3, retry: true);
    }

    private static async Task Figure8(LabHarness lab)
    {
        await lab.OneRandomAsync(1);
        int up = lab.Count;
        for (int iteration = 0; iteration < ManyIterations; iteration++)
        {
            int leader = await OfferToAll(lab, _ => true);
            await Figure8Pause(lab);
            if (leader >= 0)
            {
                lab.Crash(leader);
                up--;
            }

            if (up < 3)
            {
                int server = lab.Random(lab.Count, "whom to restart");
                if (!lab[server].IsUp)
                {
                    await RestartAndConnect(lab, server);
                    up++;
                }
            }
        }

        for (int server = 0; server < lab.Count; server++)
        {
            if (!lab[server].IsUp)
            {
                await RestartAndConnect(lab, server);
            }
        }

        await lab.OneRandomAsync(lab.Count);
    }

    private static async Task UnreliableAgree(LabHarness lab)
    {
        List<Task> agreements = [];
        for (int i = 1; i < 50; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                int command = (100 * i) + j;
                agreements.Add(lab.Run("agree", () => lab.OneAsync(command, 1, retry: true)));
            }

            await lab.OneAsync(i, 1, retry: true);
        }

        lab.BecomeReliable();
        await Tasks.AllAsync([.. agreements]);
        await lab.OneAsync(100, lab.Count, retry: true);
    }

    private static async Task Figure8Unreliable(LabHarness lab)
    {
        const int LongReorderingFrom = 200;
        await lab.OneAsync(lab.Random(10_000, "command"), 1, retry: true);
        int connected = lab.Count;
        for (int iteration = 0; iteration < ManyIterations; iteration++)
        {
            if (iteration == LongReorderingFrom)
            {
                lab.BeginLongReordering();
            }

            int leader = await OfferToAll(lab, lab.IsConnected);
            await Figure8Pause(lab);
            if (leader >= 0 && lab.Happens(50, "cut the leader off"))
            {
                lab.Disconnect(leader);
                connected--;
            }

            if (connected < 3)
            {
                int server = lab.Random(lab.Count, "whom to connect");
                if (!lab.IsConnected(server))
                {
                    lab.Connect(server);
                    connected++;
                }
            }
        }

        for (int server = 0; server < lab.Count; server++)
        {
            if (!lab.IsConnected(server))
            {
                lab.Connect(server);
            }
        }

        await lab.OneRandomAsync(lab.Count);
    }

    private static async Task Churn(LabHarness lab)
    {
        bool stop = false;
        List<ReadOnlyMemory<byte>> seen = [];
        Task[] clients = new Task[3];
        for (int client = 0; client < clients.Length; client++)
        {
            int number = client;
            clients[client] = lab.Run("client", async () =>
            {
                while (!stop)
                {
                    await ChurnOnce(lab, number, seen);
                }
            });
        }

        for (int iteration = 0; iteration < 20; iteration++)
        {
            await ChurnServers(lab);
            await lab.SleepAsync(E * 7 / 10);
        }

        await lab.SleepAsync(E);
        lab.BecomeReliable();
        for (int server = 0; server < lab.Count; server++)
        {
            await StartAndConnect(lab, server);
        }

        stop = true;
        await Tasks.AllAsync(clients);
        await lab.SleepAsync(E);
        long last = await lab.OneRandomAsync(lab.Count);
        HashSet<string> final = [];
        for (long index = 1; index <= last; index++)
        {
            final.Add(LabCommand.Describe((await lab.WaitAsync(index, lab.Count))!.Value));
        }

        foreach (ReadOnlyMemory<byte> command in seen)
        {
            lab.Require(final.Contains(LabCommand.Describe(command)), $"command {LabCommand.Describe(command)} was seen committed and is not in the final log");
        }
    }

    private static async Task ChurnServers(LabHarness lab)
    {
        if (lab.Happens(20, "cut a server off"))
        {
            lab.Disconnect(lab.Random(lab.Count, "whom to cut off"));
        }

        if (lab.Happens(50, "bring a server back"))
        {
            await StartAndConnect(lab, lab.Random(lab.Count, "whom to bring back"));
        }

        if (lab.Happens(20, "crash a server"))
        {
            int server = lab.Random(lab.Count, "whom to crash");
            if (lab[server].IsUp)
            {
                lab.Crash(server);
            }
        }
    }

    // Offers one command of a client to all servers, and notes the command when the client sees it committed.
    private static async Task ChurnOnce(LabHarness lab, int client, List<ReadOnlyMemory<byte>> seen)
    {
        ReadOnlyMemory<byte> command = lab.RandomCommand();
        long index = 0;
        for (int server = 0; server < lab.Count; server++)
        {
            if (await lab[server].StartAsync(command) is { IsLeader: true } start)
            {
                index = start.Index;
            }
        }

        if (index == 0)
        {
            await lab.SleepAsync(79 + (client * 17));
            return;
        }

        // The first look precedes the first pause, but its result is used only after that pause. Without the pause, a
        // client on a network without latency would loop for ever at one moment.
        (int count, ReadOnlyMemory<byte> committed) = lab.Committed(index);
        foreach (int pause in (int[])[10, 20, 50, 100, 200])
        {
            await lab.SleepAsync(pause);
            if (count == 0)
            {
                (count, committed) = lab.Committed(index);
            }

            if (count > 0)
            {
                break;
            }
        }

        if (count > 0 && committed.Span.SequenceEqual(command.Span))
        {
            seen.Add(command);
        }
    }

    // Returns the last of these servers that accepts a new command; -1 when none does.
    private static async Task<int> OfferToAll(LabHarness lab, Func<int, bool> counts)
    {
        int leader = -1;
        for (int server = 0; server < lab.Count; server++)
        {
            if (lab[server].IsUp && (await lab[server].StartAsync(lab.RandomCommand())).IsLeader && counts(server))
            {
                leader = server;
            }
        }

        return leader;
    }

    private static Task Figure8Pause(LabHarness lab) =>
        lab.SleepAsync(lab.Happens(10, "a long pause") ? lab.Random(E / 2, "ms of a long pause") : lab.Random(13, "ms of pause"));

    private static async Task RestartAndConnect(LabHarness lab, int server)
    {
        await lab.RestartAsync(server);
        lab.Connect(server);
    }

    private static async Task StartAndConnect(LabHarness lab, int server)
    {
        if (!lab[server].IsUp)
        {
            await lab.RestartAsync(server);
        }

        lab.Connect(server);
    }
}
