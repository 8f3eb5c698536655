using System.Reflection;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.Assemblies;

/// <summary>The scenarios that an assembly offers, and the errors when something about them is wrong.</summary>
public sealed class ConventionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Marked_members_are_listed_in_the_order_of_their_declaration()
    {
        CommandRun run = List("""
            public static class Second
            {
                [RaftScenario] public static Scenario Zebra() => Made.Scenario("zebra");
                public static Scenario Unmarked => Made.Scenario("unmarked");
                [RaftScenario] public static IEnumerable<Scenario> Several => [Made.Scenario("cat"), Made.Scenario("dog")];
                public static class Nested { [RaftScenario] public static Scenario[] Array() => [Made.Scenario("ant")]; }
            }
            """);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal(["scenario", "zebra", "cat", "dog", "ant"], run.Out.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData("[RaftScenario] static Scenario A => null!;", "Mine.A is marked [RaftScenario], but it is not public; expected a public static property")]
    [InlineData("[RaftScenario] public Scenario A => null!;", "Mine.A is marked [RaftScenario], but it is not static; expected")]
    [InlineData("[RaftScenario] public static Scenario A(int x) => null!;", "Mine.A is marked [RaftScenario], but it has parameters; expected")]
    [InlineData("[RaftScenario] public static T A<T>() => default!;", "Mine.A is marked [RaftScenario], but it is generic; expected")]
    [InlineData("[RaftScenario] public static string A => \"\";", "Mine.A is marked [RaftScenario], but it returns String; expected")]
    [InlineData("[RaftScenario] public static Scenario A { set { } }", "Mine.A is marked [RaftScenario], but it has no getter; expected")]
    [InlineData("class B { [RaftScenario] public static Scenario A => null!; }", "Mine.B.A is marked [RaftScenario], but the type B is not public; expected")]
    [InlineData("public class B<T> { [RaftScenario] public static Scenario A => null!; }", "but the type B`1 is generic; expected")]
    [InlineData("[RaftScenario] public static Scenario A => null!;", "Mine.A is marked [RaftScenario], but", "internal")]
    [InlineData("[RaftScenario] public static Scenario A => throw new FormatException(\"no\\nluck\");", "Mine.A threw FormatException: no luck")]
    [InlineData("[RaftScenario] public static Scenario A => null!; ", "Mine.A returns null; expected a scenario")]
    [InlineData("[RaftScenario] public static Scenario A => Made.Scenario(\"a/b\");", "Mine.A offers a scenario 'a/b'; expected a name of letters, digits, hyphens")]
    [InlineData("[RaftScenario] public static Scenario A => Made.Scenario(\"x\"); [RaftScenario] public static Scenario B() => Made.Scenario(\"x\");", "Mine.A and Mine.B both offer a scenario 'x'; expected names that differ")]
    [InlineData("public static Scenario A => Made.Scenario(\"x\");", "offers no scenario; looked for a public static property or parameterless method, marked [RaftScenario],")]
    public void What_does_not_fit_is_one_line(string member, string error, string access = "public")
    {
        CommandRun run = List($"{access} class Mine {{ {member} }}");
        Assert.Equal((1, ""), (run.Exit, run.Out));
        Assert.StartsWith($"raft: {_folder.File("Mine.dll")}: ", run.Error);
        Assert.Contains(error, run.Error);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_library_of_another_build_is_noted_and_a_newer_one_is_refused()
    {
        const string Fine = "public static class Mine { [RaftScenario] public static Scenario A => Made.Scenario(\"a\"); }";
        MadeUpAssembly.WriteEmpty(_folder.File("Raft.Verified.Simulation.dll"));
        CommandRun other = List(Fine);
        Assert.Equal(0, other.Exit);
        Assert.Equal(
            $"raft: note: {_folder.File("Mine.dll")} was built with another build of Raft.Verified.Simulation than that of this command, which it runs with; "
            + "if members are missing, build it with the version of this command\n", other.Error);

        string newer = MadeUpAssembly.Write(
            _folder.File("Newer.dll"), "public class A : System.Attribute { public System.Type B = typeof(Newer.Type); }",
            MadeUpAssembly.WriteEmpty(_folder.File("Raft.Verified.Simulation.dll")));
        CommandRun refused = CommandRun.Of("list", "--assembly", newer);
        Assert.Equal(
            (1, "", $"raft: {newer}: was built with Raft.Verified.Simulation 9.9.0, but this command has 0.1.0; update the command (dotnet tool update), or build with 0.1.0\n"),
            (refused.Exit, refused.Out, refused.Error));
    }

    [Fact]
    public void A_package_that_the_build_has_not_copied_is_found_in_the_folder_of_packages()
    {
        string image = _folder.File("Mine.dll");
        string packaged = Path.Combine(_folder.FullName, "packages", "some", "1.0.0", "lib", "net8.0", "Some.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(packaged)!);
        File.WriteAllText(packaged, "");
        File.WriteAllText(_folder.File("Mine.deps.json"), """
            { "runtimeTarget": { "name": "net10" },
              "targets": { "net10": { "Mine/1.0.0": { "runtime": { "Mine.dll": {} } }, "Some/1.0.0": { "runtime": { "lib/net8.0/Some.dll": {}, "lib/net8.0/Gone.dll": {} } } } },
              "libraries": { "Mine/1.0.0": { "type": "project" }, "Some/1.0.0": { "type": "package", "path": "some/1.0.0" } } }
            """);
        PackageFolder packages = PackageFolder.Of(image, _folder.File("packages"));
        Assert.Equal(packaged, packages.Find("Some"));
        Assert.Null(packages.Find("Gone"));
        Assert.Null(packages.Find("Mine"));

        File.WriteAllText(_folder.File("Mine.deps.json"), "[]");
        Assert.Null(PackageFolder.Of(image, _folder.File("packages")).Find("Some"));
    }

    [Fact]
    public void A_reference_that_is_missing_matters_only_to_the_code_that_needs_it()
    {
        string gone = _folder.File("Gone.dll");
        MadeUpAssembly.Write(
            _folder.File("Mine.dll"),
            "public static class Mine { [Raft.Verified.Simulation.RaftScenario] public static object A() => null; public static System.Type B() => typeof(Newer.Type); }",
            MadeUpAssembly.WriteEmpty(gone));
        File.Delete(gone);
        Assembly assembly = ScenarioAssembly.LoadImage("Mine.dll", _folder.File("Mine.dll"), [], isCollectible: true);
        string build = BuildFingerprint.Of(assembly);
        Assert.Equal(build, BuildFingerprint.Of(ScenarioAssembly.LoadImage("Mine.dll", _folder.File("Mine.dll"), [], isCollectible: true)));
        MadeUpAssembly.WriteEmpty(gone);
        Assert.NotEqual(build, BuildFingerprint.Of(ScenarioAssembly.LoadImage("Mine.dll", _folder.File("Mine.dll"), [], isCollectible: true)));
    }

    [Theory]
    [InlineData("none.dll", "--assembly is 'none.dll', which does not exist; expected a .dll or a project file")]
    [InlineData("none.exe", "--assembly is 'none.exe'; expected a .dll or a project file (.csproj, .fsproj, .vbproj)")]
    [InlineData("", "--assembly is empty; expected a path")]
    public void A_file_that_is_no_assembly_is_one_line(string file, string error)
    {
        CommandRun run = CommandRun.Of("test", "--assembly", file);
        Assert.Equal((1, "", $"raft: {error}\n"), (run.Exit, run.Out, run.Error));
    }

    [Fact]
    public void A_file_of_another_kind_and_a_folder_without_a_project_are_one_line()
    {
        string text = _folder.File("text.dll");
        File.WriteAllText(text, "no assembly");
        Assert.Equal($"raft: {text}: is not a .NET assembly\n", CommandRun.Of("list", "--assembly", text).Error);
        Assert.StartsWith($"raft: --assembly is the folder '{_folder.FullName}', which has 0 project files; expected one", CommandRun.Of("list", "--assembly", _folder.FullName).Error);
    }

    [Theory]
    [InlineData("lab", "the lab tests run the servers and services of the library")]
    [InlineData("check", "it visits the states of the protocol core of the library")]
    [InlineData("linearize", "it reads histories, and runs no scenario", "x")]
    [InlineData("merge", "reports of shards name their scenarios", "x")]
    public void Verbs_without_scenarios_say_why_they_have_no_assembly(string verb, string reason, params string[] args)
    {
        CommandRun run = CommandRun.Of([verb, .. args, "--assembly", "x.dll"]);
        Assert.Equal((1, "", $"raft: 'raft {verb}' has no --assembly: {reason}\n"), (run.Exit, run.Out, run.Error));
    }

    private CommandRun List(string code) => CommandRun.Of("list", "--assembly", MadeUpAssembly.Write(_folder.File("Mine.dll"), code));
}
