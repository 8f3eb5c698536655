using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Coyote.SystematicTesting;
using Raft.Verified.Scenarios;
using Raft.Verified.Tests;
using Xunit;

namespace Raft.Verified.Coyote.Tests;

public sealed partial class ScenarioTestsTests
{
    private static readonly MethodInfo[] Methods =
        [.. typeof(ScenarioTests).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.IsDefined(typeof(TestAttribute)))];

    [Fact]
    public void Every_scenario_has_its_test_method()
    {
        HashSet<string> methods = [.. Methods.Select(method => method.Name)];
        string[] missing = [.. ScenarioLibrary.All.Select(scenario => scenario.Name).Where(name => !methods.Contains(ScenarioNames.MethodOf(name)))];
        Assert.True(missing.Length == 0, "ScenarioTests lacks " + string.Join("; ", missing.Select(name => $"[Test] public static Task {ScenarioNames.MethodOf(name)}() => ScenarioExecution.RunAsync(\"{name}\")")));
    }

    [Fact]
    public void Every_test_method_has_its_scenario_and_runs_that_one()
    {
        HashSet<string> scenarios = [.. ScenarioLibrary.All.Select(scenario => scenario.Name)];
        Match[] bodies = [.. Repository.Lines("tests", "Raft.Verified.Coyote", "ScenarioTests.cs").Select(line => Body().Match(line)).Where(match => match.Success)];
        Assert.Equal(Methods.Select(method => method.Name), bodies.Select(body => body.Groups[1].Value));
        Assert.All(bodies, body =>
        {
            Assert.Contains(body.Groups[2].Value, scenarios);
            Assert.Equal(body.Groups[1].Value, ScenarioNames.MethodOf(body.Groups[2].Value));
        });
    }

    // Coyote finds a method by its name, with or without its type. So the name must be unique, and the signature must
    // be one that Coyote accepts.
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

    [GeneratedRegex(@"public static Task (\w+)\(\) => ScenarioExecution\.RunAsync\(""([^""]*)""\);")]
    private static partial Regex Body();
}
