using System.Reflection;
using Microsoft.Coyote.SystematicTesting;
using Raft.Verified.Scenarios;
using Xunit;

namespace Raft.Verified.Coyote.Tests;

public sealed class ScenarioTestsTests
{
    private static readonly MethodInfo[] Methods =
        [.. typeof(ScenarioTests).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.IsDefined(typeof(TestAttribute)))];

    [Fact]
    public void Every_scenario_has_its_test_method_and_every_method_its_scenario() => Assert.Equal(
        ScenarioLibrary.All.Select(scenario => ScenarioNames.MethodOf(scenario.Name)).Order(StringComparer.Ordinal),
        Methods.Select(method => method.Name).Order(StringComparer.Ordinal));

    // Coyote finds a method by its name alone or with its type; both must be unique, and the method one that Coyote takes.
    [Fact]
    public void Every_test_method_is_one_that_Coyote_finds()
    {
        Assert.All(Methods, method =>
        {
            Assert.Equal(typeof(Task), method.ReturnType);
            Assert.Empty(method.GetParameters());
            Assert.False(method.IsGenericMethod);
        });
        Assert.Equal(Methods.Length, Methods.Select(method => method.Name).Distinct().Count());
    }
}
