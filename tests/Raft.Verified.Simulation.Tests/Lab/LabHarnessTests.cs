using Raft.Verified.Exploration;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Lab;

/// <summary>The demands of the harness: tests whose server, network or steps are wrong fail, and say why.</summary>
public sealed class LabHarnessTests
{
    [Fact]
    public void No_leader_without_links() => AssertFails("expected one leader, got none", async lab =>
    {
        CutAllOff(lab);
        await lab.CheckOneLeaderAsync();
    });

    [Fact]
    public void A_leader_where_there_must_be_none() => AssertFails("claims to be leader", async lab =>
    {
        await lab.CheckOneLeaderAsync();
        lab.CheckNoLeader();
    });

    [Fact]
    public void Terms_that_differ() => AssertFails("servers disagree on the term", async lab =>
    {
        await lab.CheckOneLeaderAsync();
        lab.Disconnect(0);
        lab.Disconnect(1);
        await lab.SleepAsync(5000);
        lab.Connect(0);
        lab.Connect(1);
        lab.CheckTerms();
    });

    [Fact]
    public void No_agreement_without_a_quorum() => AssertFails("7 failed to reach agreement on 3 servers", async lab =>
    {
        CutAllOff(lab);
        lab.Connect(0);
        await lab.OneAsync(7, 3, retry: true);
    });

    [Fact]
    public void Agreement_on_fewer_than_asked_for() => AssertFails("7 failed to reach agreement on 3 servers", async lab =>
    {
        lab.Disconnect(lab.After(await lab.CheckOneLeaderAsync(), 1));
        await lab.OneAsync(7, 3);
    });

    [Fact]
    public void A_commit_where_there_must_be_none() => AssertFails("index 1 is committed on 3 servers; expected none", async lab =>
    {
        await lab.OneAsync(7, 3);
        lab.CheckNothingCommitted(1);
    });

    [Fact]
    public void An_index_that_too_few_reach() => AssertFails("only 2 servers have applied index 1; expected 3", async lab =>
    {
        lab.Disconnect(lab.After(await lab.CheckOneLeaderAsync(), 1));
        await lab.OneAsync(7, 2);
        await lab.WaitAsync(1, 3);
    });

    [Fact]
    public void A_test_that_takes_too_long() => AssertFails("the test took 120.0 s; expected at most 120 s", lab => lab.SleepAsync(120_001));

    [Fact]
    public void What_a_server_applied_stays_on_record_when_it_crashes_and_a_restart_connects_nobody() => AssertPasses(async lab =>
    {
        await lab.OneAsync(7, 3);
        lab.Disconnect(1);
        await lab.RestartAsync(0);
        lab.Require(lab.Committed(1).Count == 3, "the crash took the record away");
        lab.Require(lab[0].IsUp && !lab.IsConnected(0) && !lab.IsConnected(1) && lab.IsConnected(2), "the restart connected somebody");
        lab.Connect(0);
        lab.Require(!lab.IsConnected(1), "connecting one connected another");
    });

    [Fact]
    public void A_command_offered_to_who_does_not_lead_or_is_down_is_not_accepted() => AssertPasses(async lab =>
    {
        int leader = await lab.CheckOneLeaderAsync();
        lab.Require(await lab[lab.After(leader, 1)].StartAsync(LabCommand.Of(1)) == default, "a follower accepted a command");
        Task<LabStart> lost = lab[leader].StartAsync(LabCommand.Of(1));
        lab.Crash(leader);
        lab.Require(await lost == default, "a server that crashed accepted a command");
        lab.Require(await lab[leader].StartAsync(LabCommand.Of(1)) == default, "a server that is down accepted a command");
    });

    [Fact]
    public void Too_many_requests()
    {
        Scenario count = Find("Count3B").ToScenario();
        AssertFails("requests", "Count3B", count with { Cluster = count.Cluster with { HeartbeatInterval = TimeSpan.FromMilliseconds(10) } });
    }

    [Fact]
    public void Too_many_requests_while_nothing_happens()
    {
        Scenario count = Find("Count3B").ToScenario();
        AssertFails("in a second in which nothing happens; expected at most 60", "Count3B", count with
        {
            Cluster = count.Cluster with { HeartbeatInterval = TimeSpan.FromMilliseconds(32), ElectionTimeoutMin = TimeSpan.FromMilliseconds(430), ElectionTimeoutMax = TimeSpan.FromMilliseconds(445) },
        });
    }

    [Fact]
    public void Too_many_bytes() => AssertFails("bytes on the network; expected at most 200000", "RPCBytes3B", (Find("RPCBytes3B") with { Servers = 5 }).ToScenario());

    [Fact]
    public void A_log_that_is_not_cut() => AssertFails("log size too large", "SnapshotBasic3D", (Find("SnapshotBasic3D") with { TakesSnapshots = false }).ToScenario());

    [Fact]
    public void Two_leaders_of_one_term_are_wrong_and_of_several_terms_the_newest_counts()
    {
        Assert.Equal((-1, (string?)null), LabHarness.NewestLeader([(3, false), (3, false)]));
        Assert.Equal((2, (string?)null), LabHarness.NewestLeader([(3, true), (9, false), (4, true)]));
        Assert.Equal((-1, "term 3 has two leaders, S1 and S3"), LabHarness.NewestLeader([(3, true), (4, true), (3, true)]));
    }

    private static void CutAllOff(LabHarness lab)
    {
        for (int server = 0; server < lab.Count; server++)
        {
            lab.Disconnect(server);
        }
    }

    private static LabTest Find(string name) => LabLibrary.All.Single(test => test.Name == name);

    private static LabTest Test(Func<LabHarness, Task> body) => new() { Name = "Made3Up", Demands = "nothing", Servers = 3, Body = body };

    private static void AssertFails(string message, Func<LabHarness, Task> body) => AssertFails(message, "Made3Up", Test(body).ToScenario());

    private static void AssertFails(string message, string property, Scenario scenario)
    {
        FoundViolation? found = Run(scenario).Violation;
        Assert.NotNull(found);
        Assert.Equal(property, found.Property);
        Assert.Contains(message, found.Message);
    }

    private static void AssertPasses(Func<LabHarness, Task> body)
    {
        FoundViolation? found = Run(Test(body).ToScenario()).Violation;
        Assert.True(found is null, $"{found?.Property}: {found?.Message}");
    }

    private static ExplorationReport Run(Scenario scenario) =>
        new Explorer(scenario, new ExplorationOptions { Strategy = "random", Iterations = 3, Workers = 1 }).Run();
}
