namespace Raft.Verified.Scenarios.Lab;

// Part A: elections.
public static partial class LabLibrary
{
    private static LabTest[] Elections() =>
    [
        new()
        {
            Name = "InitialElection3A",
            Demands = "a leader within five seconds, one term on all servers, and no change without a failure",
            Servers = 3,
            Body = InitialElection,
        },
        new()
        {
            Name = "ReElection3A",
            Demands = "a new leader when the old one is cut off, none without a quorum, and an old leader that returns without disturbance",
            Servers = 3,
            Body = ReElection,
        },
        new()
        {
            Name = "ManyElections3A",
            Demands = "a leader every time, with up to three of seven servers cut off",
            Servers = 7,
            Body = ManyElections,
        },
    ];

    private static async Task InitialElection(LabHarness lab)
    {
        await lab.CheckOneLeaderAsync();
        await lab.SleepAsync(50);
        long before = lab.CheckTerms();
        lab.Require(before >= 1, $"the term is {before}; expected at least 1");
        await lab.SleepAsync(2 * E);
        long after = lab.CheckTerms();

        // The labs only warn about this.
        lab.Require(after == before, $"the term changed from {before} to {after} although nothing failed");
        await lab.CheckOneLeaderAsync();
    }

    private static async Task ReElection(LabHarness lab)
    {
        int leader = await lab.CheckOneLeaderAsync();
        lab.Disconnect(leader);
        await lab.CheckOneLeaderAsync();
        lab.Connect(leader);

        int second = await lab.CheckOneLeaderAsync();
        lab.Disconnect(second);
        lab.Disconnect(lab.After(second, 1));
        await lab.SleepAsync(2 * E);
        lab.CheckNoLeader();

        lab.Connect(lab.After(second, 1));
        await lab.CheckOneLeaderAsync();
        lab.Connect(second);
        await lab.CheckOneLeaderAsync();
    }

    private static async Task ManyElections(LabHarness lab)
    {
        await lab.CheckOneLeaderAsync();
        for (int round = 0; round < 9; round++)
        {
            int[] victims = new int[3];
            for (int i = 0; i < victims.Length; i++)
            {
                victims[i] = lab.Random(lab.Count, "whom to cut off");
                lab.Disconnect(victims[i]);
            }

            await lab.CheckOneLeaderAsync();
            foreach (int victim in victims)
            {
                lab.Connect(victim);
            }
        }

        await lab.CheckOneLeaderAsync();
    }
}
