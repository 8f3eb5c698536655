using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Scenarios.Lab;

// Part B: agreement on the log.
public static partial class LabLibrary
{
    private const int Tries = 5;
    private const int PauseBetweenTries = 3000;

    private static LabTest[] Agreement() =>
    [
        new() { Name = "BasicAgree3B", Demands = "the first commands get the first indexes on all servers", Servers = 3, Body = BasicAgree },
        new() { Name = "RPCBytes3B", Demands = "each command is sent to each peer only once", Servers = 3, Body = RpcBytes },
        new() { Name = "FollowerFailure3B", Demands = "agreement with one follower down, and none with both down", Servers = 3, Body = FollowerFailure },
        new() { Name = "LeaderFailure3B", Demands = "agreement without the old leader, and none without two servers", Servers = 3, Body = LeaderFailure },
        new() { Name = "FailAgree3B", Demands = "a returning follower catches up and takes part again", Servers = 3, Body = FailAgree },
        new() { Name = "FailNoAgree3B", Demands = "no agreement while three of five servers are cut off, and agreement when they are back", Servers = 5, Body = FailNoAgree },
        new() { Name = "ConcurrentStarts3B", Demands = "no command is lost when several are offered at once", Servers = 3, Body = ConcurrentStarts },
        new() { Name = "Rejoin3B", Demands = "uncommitted entries of a partitioned leader are overwritten", Servers = 3, Body = Rejoin },
        new() { Name = "Backup3B", Demands = "logs with long conflicting suffixes are reconciled quickly", Servers = 5, Body = Backup },
        new() { Name = "Count3B", Demands = "few messages for an election, for agreement, and while idle", Servers = 3, CountsRequests = true, Body = CountRpcs },
    ];

    private static async Task BasicAgree(LabHarness lab)
    {
        for (int index = 1; index <= 3; index++)
        {
            lab.CheckNothingCommitted(index);
            long got = await lab.OneAsync(100 * index, lab.Count);
            lab.Require(got == index, $"got index {got}; expected {index}");
        }
    }

    private static async Task RpcBytes(LabHarness lab)
    {
        const int Commands = 10;
        const int Length = 5000;
        await lab.OneAsync(99, lab.Count);
        long before = lab.Bytes;
        for (int index = 2; index < Commands + 2; index++)
        {
            long got = await lab.OneAsync(LabCommand.RandomString(Length, lab.Random(int.MaxValue, "command")), lab.Count);
            lab.Require(got == index, $"got index {got}; expected {index}");
        }

        long used = lab.Bytes - before;
        const long Most = (3 * Commands * Length) + 50_000;
        lab.Require(used <= Most, $"{Commands} commands of {Length} bytes took {used} bytes on the network; expected at most {Most}");
    }

    private static async Task FollowerFailure(LabHarness lab)
    {
        await lab.OneAsync(101, lab.Count);
        int leader = await lab.CheckOneLeaderAsync();
        lab.Disconnect(lab.After(leader, 1));
        await lab.OneAsync(102, lab.Count - 1);
        await lab.SleepAsync(E);
        await lab.OneAsync(103, lab.Count - 1);

        int second = await lab.CheckOneLeaderAsync();
        lab.Disconnect(lab.After(second, 1));
        lab.Disconnect(lab.After(second, 2));
        LabStart start = await lab[second].StartAsync(LabCommand.Of(104));
        lab.Require(start.IsLeader, "the leader rejected a command");
        lab.Require(start.Index == 4, $"got index {start.Index}; expected 4");
        await lab.SleepAsync(2 * E);
        lab.CheckNothingCommitted(4);
    }

    private static async Task LeaderFailure(LabHarness lab)
    {
        await lab.OneAsync(101, lab.Count);
        int leader = await lab.CheckOneLeaderAsync();
        lab.Disconnect(leader);
        await lab.OneAsync(102, lab.Count - 1);
        await lab.SleepAsync(E);
        await lab.OneAsync(103, lab.Count - 1);

        lab.Disconnect(await lab.CheckOneLeaderAsync());
        for (int server = 0; server < lab.Count; server++)
        {
            await lab[server].StartAsync(LabCommand.Of(104));
        }

        await lab.SleepAsync(2 * E);
        lab.CheckNothingCommitted(4);
    }

    private static async Task FailAgree(LabHarness lab)
    {
        await lab.OneAsync(101, lab.Count);
        int follower = lab.After(await lab.CheckOneLeaderAsync(), 1);
        lab.Disconnect(follower);
        await lab.OneAsync(102, lab.Count - 1);
        await lab.OneAsync(103, lab.Count - 1);
        await lab.SleepAsync(E);
        await lab.OneAsync(104, lab.Count - 1);
        await lab.OneAsync(105, lab.Count - 1);

        lab.Connect(follower);
        await lab.OneAsync(106, lab.Count, retry: true);
        await lab.SleepAsync(E);
        await lab.OneAsync(107, lab.Count, retry: true);
    }

    private static async Task FailNoAgree(LabHarness lab)
    {
        await lab.OneAsync(10, lab.Count);
        int leader = await lab.CheckOneLeaderAsync();
        for (int step = 1; step <= 3; step++)
        {
            lab.Disconnect(lab.After(leader, step));
        }

        LabStart lost = await lab[leader].StartAsync(LabCommand.Of(20));
        lab.Require(lost.IsLeader, "the leader rejected a command");
        lab.Require(lost.Index == 2, $"got index {lost.Index}; expected 2");
        await lab.SleepAsync(2 * E);
        lab.CheckNothingCommitted(lost.Index);

        for (int step = 1; step <= 3; step++)
        {
            lab.Connect(lab.After(leader, step));
        }

        int second = await lab.CheckOneLeaderAsync();
        LabStart next = await lab[second].StartAsync(LabCommand.Of(30));
        lab.Require(next.IsLeader, "the leader rejected a command");
        lab.Require(next.Index is 2 or 3, $"got index {next.Index}; expected 2 or 3");
        await lab.OneAsync(1000, lab.Count, retry: true);
    }

    private static async Task ConcurrentStarts(LabHarness lab)
    {
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            await lab.SleepAsync(attempt > 0 ? PauseBetweenTries : 0);
            if (await TryConcurrentStarts(lab))
            {
                return;
            }
        }

        throw lab.Failure("the term changed too often");
    }

    private static async Task<bool> TryConcurrentStarts(LabHarness lab)
    {
        LabRaft leader = lab[await lab.CheckOneLeaderAsync()];
        LabStart first = await leader.StartAsync(LabCommand.Of(1));
        if (!first.IsLeader)
        {
            return false;
        }

        LabStart[] starts = new LabStart[5];
        await Tasks.AllAsync([.. Enumerable.Range(0, starts.Length).Select(i =>
            lab.Run("start", async () => starts[i] = await leader.StartAsync(LabCommand.Of(100 + i))))]);
        if (Enumerable.Range(0, lab.Count).Any(server => lab[server].GetState().Term != first.Term))
        {
            return false;
        }

        HashSet<string> committed = [];
        foreach (LabStart start in starts.Where(start => start.IsLeader && start.Term == first.Term))
        {
            if (await lab.WaitAsync(start.Index, lab.Count, first.Term) is not { } command)
            {
                return false;
            }

            committed.Add(LabCommand.Describe(command));
        }

        for (int i = 0; i < starts.Length; i++)
        {
            string command = LabCommand.Describe(LabCommand.Of(100 + i));
            lab.Require(committed.Contains(command), $"command {command} is missing");
        }

        return true;
    }

    private static async Task Rejoin(LabHarness lab)
    {
        await lab.OneAsync(101, lab.Count, retry: true);
        int first = await lab.CheckOneLeaderAsync();
        lab.Disconnect(first);
        for (int command = 102; command <= 104; command++)
        {
            await lab[first].StartAsync(LabCommand.Of(command));
        }

        await lab.OneAsync(103, 2, retry: true);
        int second = await lab.CheckOneLeaderAsync();
        lab.Disconnect(second);
        lab.Connect(first);
        await lab.OneAsync(104, 2, retry: true);
        lab.Connect(second);
        await lab.OneAsync(105, lab.Count, retry: true);
    }

    private static async Task Backup(LabHarness lab)
    {
        const int Many = 50;
        await lab.OneRandomAsync(lab.Count);
        int first = await lab.CheckOneLeaderAsync();
        int[] others = [lab.After(first, 2), lab.After(first, 3), lab.After(first, 4)];
        foreach (int server in others)
        {
            lab.Disconnect(server);
        }

        // The old leader and one follower get many commands that will not be committed. Then the others get many that
        // will.
        await lab.StartRandomAsync(first, Many);
        await lab.SleepAsync(E / 2);
        lab.Disconnect(first);
        lab.Disconnect(lab.After(first, 1));
        foreach (int server in others)
        {
            lab.Connect(server);
        }

        await AgreeOnMany(lab, Many, 3);

        // The new leader and one follower get many commands that will not be committed.
        int second = await lab.CheckOneLeaderAsync();
        int other = lab.After(first, 2);
        if (other == second)
        {
            other = lab.After(second, 1);
        }

        lab.Disconnect(other);
        await lab.StartRandomAsync(second, Many);
        await lab.SleepAsync(E / 2);

        // The old leader returns with its follower and the server that was cut off last.
        for (int server = 0; server < lab.Count; server++)
        {
            lab.Disconnect(server);
        }

        lab.Connect(first);
        lab.Connect(lab.After(first, 1));
        lab.Connect(other);
        await AgreeOnMany(lab, Many, 3);

        for (int server = 0; server < lab.Count; server++)
        {
            lab.Connect(server);
        }

        await lab.OneRandomAsync(lab.Count);
    }

    private static async Task AgreeOnMany(LabHarness lab, int commands, int servers)
    {
        for (int i = 0; i < commands; i++)
        {
            await lab.OneRandomAsync(servers);
        }
    }

    private static async Task CountRpcs(LabHarness lab)
    {
        await lab.CheckOneLeaderAsync();
        long toElect = lab.RequestsReceived;
        lab.Require(toElect is >= 1 and <= 30, $"{toElect} requests to elect the first leader; expected 1 to 30");
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            await lab.SleepAsync(attempt > 0 ? PauseBetweenTries : 0);
            if (await TryCount(lab))
            {
                return;
            }
        }

        throw lab.Failure("the term changed too often");
    }

    private static async Task<bool> TryCount(LabHarness lab)
    {
        const int Commands = 10;
        LabRaft leader = lab[await lab.CheckOneLeaderAsync()];
        long before = lab.RequestsReceived;
        LabStart first = await leader.StartAsync(LabCommand.Of(1));
        if (!first.IsLeader)
        {
            return false;
        }

        List<ReadOnlyMemory<byte>> commands = [];
        for (int i = 1; i < Commands + 2; i++)
        {
            commands.Add(lab.RandomCommand());
            LabStart start = await leader.StartAsync(commands[^1]);
            if (!start.IsLeader || start.Term != first.Term)
            {
                return false;
            }

            lab.Require(start.Index == first.Index + i, $"got index {start.Index}; expected {first.Index + i}");
        }

        for (int i = 1; i <= Commands; i++)
        {
            if (await lab.WaitAsync(first.Index + i, lab.Count, first.Term) is not { } command)
            {
                return false;
            }

            lab.Require(command.Span.SequenceEqual(commands[i - 1].Span), $"wrong value {LabCommand.Describe(command)} committed at index {first.Index + i}");
        }

        if (Enumerable.Range(0, lab.Count).Any(server => lab[server].GetState().Term != first.Term))
        {
            return false;
        }

        long toAgree = lab.RequestsReceived - before;
        const int Most = (Commands + 1 + 3) * 3;
        lab.Require(toAgree <= Most, $"{toAgree} requests for {Commands + 2} commands; expected at most {Most}");

        before = lab.RequestsReceived;
        await lab.SleepAsync(E);
        long idle = lab.RequestsReceived - before;
        lab.Require(idle <= 3 * 20, $"{idle} requests in a second in which nothing happens; expected at most {3 * 20}");
        return true;
    }
}
