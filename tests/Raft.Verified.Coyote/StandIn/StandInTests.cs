using System.Reflection;
using Raft.Verified.Scenarios;
using Xunit;

namespace Raft.Verified.Coyote.StandIn;

/// <summary>Without Coyote's packages the test methods run on the engine of this project; so that they run at all is checked on every feed.</summary>
public sealed class StandInTests
{
    public static TheoryData<string> Scenarios => [.. ScenarioLibrary.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_test_method_runs_its_scenario(string scenario)
    {
        MethodInfo? method = typeof(ScenarioTests).GetMethod(ScenarioNames.MethodOf(scenario));
        Assert.NotNull(method);
        Task run = (Task)method.Invoke(null, null)!;
        await run;
        Assert.Equal(scenario, ScenarioExecution.LastScenario);
    }
}
