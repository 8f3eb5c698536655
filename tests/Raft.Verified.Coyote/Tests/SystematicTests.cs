using Microsoft.Coyote;
using Microsoft.Coyote.SystematicTesting;
using Raft.Verified.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace Raft.Verified.Coyote.Tests;

/// <summary>
/// Coyote's own testing engine from <c>dotnet test -p:Coyote=true</c>. The build rewrites the assemblies before; see the project file. How many
/// iterations: the environment variable <c>COYOTE_ITERATIONS</c>. A trace that reproduces a finding is kept in <c>Output</c> beside the assembly.
/// </summary>
public sealed class SystematicTests(ITestOutputHelper output)
{
    private const uint Iterations = 5;

    public static TheoryData<string> Scenarios => [.. ScenarioLibrary.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Coyote_finds_nothing_in(string scenario)
    {
        uint iterations = uint.TryParse(Environment.GetEnvironmentVariable("COYOTE_ITERATIONS"), out uint number) ? number : Iterations;
        Configuration configuration = Configuration.Create().WithTestingIterations(iterations).WithTelemetryEnabled(false);
        using TestingEngine engine = TestingEngine.Create(configuration, () => ScenarioExecution.RunAsync(scenario));
        engine.Run();
        output.WriteLine(engine.GetReport());
        string kept = engine.TestReport.NumOfFoundBugs > 0 ? KeepTrace(engine, scenario) : "";

        Assert.True(engine.TestReport.NumOfFoundBugs == 0, $"{string.Join("; ", engine.TestReport.BugReports)}{Environment.NewLine}{kept}");
        Assert.True(engine.TestReport.InternalErrors.Count == 0, string.Join("; ", engine.TestReport.InternalErrors));
    }

    [Fact]
    public void The_assemblies_are_rewritten() =>
        Assert.All(
            [typeof(SystematicTests).Assembly, typeof(ScenarioLibrary).Assembly, typeof(Server.RaftServer).Assembly],
            assembly => Assert.Contains(assembly.GetCustomAttributes(false), attribute => attribute.GetType().Name == "RewritingSignatureAttribute"));

    private string KeepTrace(TestingEngine engine, string scenario)
    {
        string directory = Path.Combine(AppContext.BaseDirectory, "Output");
        Directory.CreateDirectory(directory);
        engine.TryEmitReports(directory, ScenarioNames.MethodOf(scenario), out IEnumerable<string> reports);
        string kept = $"kept: {string.Join(", ", reports)}";
        output.WriteLine(kept);
        return kept;
    }
}
