using Raft.Verified.Exploration;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Lab;

/// <summary>Every test of the labs, once, on either network.</summary>
public sealed class LabSuiteTests
{
    public static TheoryData<string> Names => [.. LabLibrary.All.Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_labs_test_passes(string name) => AssertPasses(Find(name).ToScenario(), "random");

    public static TheoryData<string> NamesElsewhere => [.. LabLibrary.All.Where(test => !test.CountsRequests).Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(NamesElsewhere))]
    public void The_labs_test_passes_on_the_other_network(string name) => AssertPasses(Find(name).ToChaosScenario(), "swarm");

    [Fact]
    public void All_28_are_there_by_the_labs_names()
    {
        string[] expected =
        [
            "InitialElection3A", "ReElection3A", "ManyElections3A",
            "BasicAgree3B", "RPCBytes3B", "FollowerFailure3B", "LeaderFailure3B", "FailAgree3B", "FailNoAgree3B", "ConcurrentStarts3B", "Rejoin3B", "Backup3B", "Count3B",
            "Persist13C", "Persist23C", "Persist33C", "Figure83C", "UnreliableAgree3C", "Figure8Unreliable3C", "ReliableChurn3C", "UnreliableChurn3C",
            "SnapshotBasic3D", "SnapshotInstall3D", "SnapshotInstallUnreliable3D", "SnapshotInstallCrash3D", "SnapshotInstallUnCrash3D", "SnapshotAllCrash3D", "SnapshotInit3D",
        ];
        Assert.Equal(expected, LabLibrary.All.Select(test => test.Name));
        Assert.Equal(expected, LabSuite.All.Select(test => test.Name).Take(expected.Length));
        Assert.All(LabSuite.All, test => Assert.NotNull(test.Published));
        Assert.Equal(28 + 27, LabLibrary.Scenarios.Count);
    }

    [Theory]
    [InlineData("InitialElection3A", "lab-initial-election-3a")]
    [InlineData("RPCBytes3B", "lab-rpc-bytes-3b")]
    [InlineData("Persist13C", "lab-persist1-3c")]
    [InlineData("Figure8Unreliable3C", "lab-figure8-unreliable-3c")]
    [InlineData("SnapshotInstallUnCrash3D", "lab-snapshot-install-un-crash-3d")]
    public void A_test_is_a_scenario_of_a_name_like_the_others(string name, string scenario)
    {
        Assert.Equal(scenario, Find(name).ToScenario().Name);
        Assert.Equal(scenario.Replace("lab-", "lab-chaos-", StringComparison.Ordinal), Find(name).ToChaosScenario().Name);
    }

    [Fact]
    public void Run_i_is_the_same_whatever_the_workers_and_whatever_runs_beside_it()
    {
        Scenario[] suite = [Find("BasicAgree3B").ToScenario(), Find("UnreliableAgree3C").ToScenario()];
        SuiteTotals[] one = Run(suite, runs: 6, workers: 1);
        SuiteTotals[] three = Run(suite, runs: 6, workers: 3);
        Assert.Equal(one.Select(WithoutRealTime), three.Select(WithoutRealTime));
        Assert.NotEqual(one[0].EventHash, one[1].EventHash);

        ulong sum = 0;
        for (long run = 0; run < 6; run++)
        {
            sum += Run([suite[1]], runs: 1, workers: 1, firstRun: run)[0].EventHash;
        }

        Assert.Equal(one[1].EventHash, sum);
    }

    // On a network without latency a client can see its command committed in the moment in which it offered it. In this run they did so again and
    // again, and time stood still.
    [Fact]
    public void Clients_whose_commands_are_committed_at_once_do_not_stop_the_time()
    {
        SuiteTotals totals = Run([Find("ReliableChurn3C").ToScenario()], runs: 1, workers: 1, firstRun: 144, seed: 42)[0];
        Assert.InRange(totals.Average(ScenarioFigure.Committed), 100, 3 * 100 * totals.SimulatedSeconds);
    }

    [Fact]
    public void A_run_that_does_not_end_can_be_ended_half_way()
    {
        using CancellationTokenSource enough = new();
        Scenario endless = Find("BasicAgree3B").ToScenario() with
        {
            UnfairSteps = 50_000_000,
            Body = async cluster =>
            {
                for (int i = 0; ; i++)
                {
                    await cluster.DelayAsync(TimeSpan.FromMilliseconds(1));
                    if (i == 1000)
                    {
                        enough.Cancel();
                    }
                }
            },
        };
        SuiteRun run = new([endless], new ExplorationOptions { Strategy = "random", Iterations = 1, Workers = 1 });

        run.Run((_, violation) => Assert.Fail($"{violation.Property}: {violation.Message}"), enough.Token);

        Assert.True(enough.IsCancellationRequested);
        Assert.Equal(0, run.TotalsOf(0).Runs);
    }

    private static SuiteTotals[] Run(Scenario[] scenarios, long runs, int workers, long firstRun = 0, ulong seed = 1)
    {
        SuiteRun run = new(scenarios, new ExplorationOptions { Strategy = "random", Seed = seed, Iterations = runs, Workers = workers }, firstRun);
        run.Run((_, violation) => Assert.Fail($"{violation.Property}: {violation.Message}"));
        return [.. scenarios.Select((_, i) => run.TotalsOf(i))];
    }

    private static SuiteTotals WithoutRealTime(SuiteTotals totals) => totals with { RealSeconds = 0 };

    private static LabTest Find(string name) => LabLibrary.All.Single(test => test.Name == name);

    private static void AssertPasses(Scenario scenario, string strategy)
    {
        ExplorationReport report = new Explorer(scenario, new ExplorationOptions { Strategy = strategy, Iterations = 1, Workers = 1 }).Run();
        Assert.True(report.Violation is null, $"{report.Violation?.Property}: {report.Violation?.Message}");
    }
}
