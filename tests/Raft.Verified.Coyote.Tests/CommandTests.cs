using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Coyote.SystematicTesting;
using Raft.Verified.Tests;
using Xunit;

namespace Raft.Verified.Coyote.Tests;

/// <summary>
/// Tests of the <c>coyote</c> command: it has the version of the packages, and the commands in the documents name
/// existing assemblies and methods.
/// </summary>
public sealed partial class CommandTests
{
    private const string Assembly = "tests/Raft.Verified.Coyote/bin/Release/net10.0/Raft.Verified.Coyote.dll";

    [Fact]
    public void The_tool_is_the_version_of_the_packages_and_runs_on_a_newer_framework()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Repository.File(".config", "dotnet-tools.json")));
        JsonElement tool = manifest.RootElement.GetProperty("tools").GetProperty("microsoft.coyote.cli");
        Version package = typeof(TestingEngine).Assembly.GetName().Version!;
        Assert.Equal(package.ToString(3), tool.GetProperty("version").GetString());
        Assert.True(tool.GetProperty("rollForward").GetBoolean());
    }

    [Fact]
    public void Every_assembly_of_this_project_beside_the_tests_is_rewritten()
    {
        using JsonDocument settings = JsonDocument.Parse(File.ReadAllText(Repository.File("coyote.json")));
        Assert.Equal(Path.GetDirectoryName(Assembly)!.Replace('\\', '/'), settings.RootElement.GetProperty("AssembliesPath").GetString());
        string own = $"{typeof(CommandTests).Assembly.GetName().Name}.dll";
        Assert.Equal(
            Directory.GetFiles(AppContext.BaseDirectory, "Raft.Verified*.dll").Select(Path.GetFileName).Where(name => name != own).Order(StringComparer.Ordinal),
            settings.RootElement.GetProperty("Assemblies").EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(".github/CONTRIBUTING.md")]
    [InlineData("tests/Raft.Verified.Coyote/README.md")]
    public void The_commands_of_a_document_name_existing_assemblies_and_methods(string document)
    {
        string[] commands = [.. Repository.Lines(document.Split('/')).Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal))];
        int restored = Array.IndexOf(commands, "dotnet tool restore");
        Assert.Equal(["dotnet tool restore", "dotnet build -c Release", "dotnet coyote rewrite coyote.json"], commands.Skip(restored).Take(3));
        string[][] runs = [.. commands.Where(line => Run().IsMatch(line)).Select(line => line.Split(' '))];
        Assert.Superset(new HashSet<string>(["test", "replay"]), new HashSet<string>(runs.Select(words => words[2])));
        Assert.All(runs, words =>
        {
            Assert.Equal(Assembly, words[3]);
            Assert.NotNull(typeof(ScenarioTests).GetMethod(words[Array.IndexOf(words, "-m") + 1], BindingFlags.Public | BindingFlags.Static));
        });
    }

    [GeneratedRegex("^dotnet coyote (test|replay) ")]
    private static partial Regex Run();
}
