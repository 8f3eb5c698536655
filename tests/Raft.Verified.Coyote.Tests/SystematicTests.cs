using System.Reflection;
using Microsoft.Coyote;
using Microsoft.Coyote.SystematicTesting;
using Raft.Verified.Exploration;
using Raft.Verified.KeyValue;
using Raft.Verified.Scenarios;
using Raft.Verified.Specifications;
using Xunit;
using Xunit.Abstractions;

namespace Raft.Verified.Coyote.Tests;

/// <summary>
/// Tests that run a few schedules of every scenario on Coyote's testing engine. The environment variable
/// <c>COYOTE_ITERATIONS</c> sets their number. The trace of a finding is kept in <c>Output</c> beside the assembly.
/// </summary>
public sealed class SystematicTests(ITestOutputHelper output)
{
    private const uint Iterations = 2;

    // The number of schedules for a test whose finding showed in about one schedule of twenty: a server's new life was
    // blamed for the calls of its old one.
    private const uint LivesIterations = 60;

    // A fixed seed gives the same schedules for the same code, so that no test fails by chance.
    private const uint Seed = 1;

    // The real time without progress, in milliseconds, after which Coyote reports a hang. It is long because other
    // tests run on the same cores.
    private const uint DeadlockTimeout = 120_000;

    private static readonly Assembly[] RewrittenAssemblies =
    [
        typeof(Server.RaftServer).Assembly, typeof(SafetyProperty).Assembly, typeof(Explorer).Assembly, typeof(KeyValueClient).Assembly,
        typeof(ScenarioLibrary).Assembly, typeof(ScenarioTests).Assembly,
    ];

    public static TheoryData<string> Scenarios => [.. ScenarioLibrary.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Coyote_finds_nothing_in(string scenario)
    {
        uint iterations = uint.TryParse(Environment.GetEnvironmentVariable("COYOTE_ITERATIONS"), out uint number) ? number : Iterations;
        FindsNothing(typeof(ScenarioTests), ScenarioNames.MethodOf(scenario), iterations);
    }

    [Fact]
    public void A_server_owes_no_answer_to_a_call_of_its_life_before() =>
        FindsNothing(typeof(SimulationTests), nameof(SimulationTests.LifeEndsDuringCalls), LivesIterations);

    [Fact]
    public void Nothing_is_drawn_after_the_end_of_a_schedule() => FindsNothing(typeof(SimulationTests), nameof(SimulationTests.DrawsAfterTheEnd), Iterations);

    [Fact]
    public void The_copies_are_rewritten_and_nothing_else_is() => Assert.All(RewrittenAssemblies, assembly =>
    {
        Assert.True(Rewritten.Is(Rewritten.CopyOf(assembly)), $"{Rewritten.CopyOf(assembly).Location} is not rewritten");
        Assert.False(Rewritten.Is(assembly), $"{assembly.Location} is rewritten");
    });

    private void FindsNothing(Type type, string method, uint iterations)
    {
        using TestingEngine engine = Run(Rewritten.TestMethod(type, method), iterations);
        string kept = engine.TestReport.NumOfFoundBugs > 0 ? KeepTrace(engine, method) : "";

        Assert.True(engine.TestReport.NumOfFoundBugs == 0, $"{string.Join("; ", engine.TestReport.BugReports)}{Environment.NewLine}{kept}");
        Assert.Empty(engine.TestReport.InternalErrors);
        Assert.Empty(engine.TestReport.UncontrolledInvocations);
        Assert.Equal(iterations, (uint)engine.TestReport.NumOfExploredFairPaths);
    }

    private TestingEngine Run(Func<Task> test, uint iterations)
    {
        Configuration configuration = Configuration.Create()
            .WithTestingIterations(iterations)
            .WithRandomGeneratorSeed(Seed)
            .WithDeadlockTimeout(DeadlockTimeout)
            .WithTraceAnalysisEnabled(false)
            .WithTelemetryEnabled(false);
        TestingEngine engine = TestingEngine.Create(configuration, test);
        engine.Run();
        output.WriteLine(engine.GetReport());
        return engine;
    }

    private string KeepTrace(TestingEngine engine, string method)
    {
        string directory = Path.Combine(AppContext.BaseDirectory, "Output");
        Directory.CreateDirectory(directory);
        engine.TryEmitReports(directory, method, out IEnumerable<string> reports);
        string kept = $"kept: {string.Join(", ", reports)}";
        output.WriteLine(kept);
        return kept;
    }
}
