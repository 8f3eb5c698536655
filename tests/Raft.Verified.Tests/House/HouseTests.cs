using System.Text.RegularExpressions;
using System.Xml.Linq;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.House;

/// <summary>The rules of the repository's layout and prose that a machine can hold.</summary>
public sealed partial class HouseTests
{
    private const int MaxLines = 400;

    /// <summary>The projects that run in a cluster. Nothing of them may need what verifies them.</summary>
    private static readonly string[] Shipping = ["Raft.Verified", "Raft.Verified.KeyValue"];

    private static readonly string[] Parts = ["src", "specs", "tests"];

    [Fact]
    public void Nothing_in_src_or_specs_needs_tests()
    {
        Assert.All(Projects().Where(project => project.Part != "tests"), project =>
            Assert.DoesNotContain(project.Needs, needed => needed.Part == "tests"));
    }

    [Fact]
    public void Nothing_that_ships_needs_what_verifies_it()
    {
        Project[] shipping = [.. Projects().Where(project => Shipping.Contains(project.Name))];
        Assert.Equal(Shipping.Length, shipping.Length);
        Assert.All(shipping, project => Assert.All(project.Needs, needed => Assert.Contains(needed.Name, Shipping)));
    }

    [Fact]
    public void The_engine_and_the_linearizability_checker_need_no_other_project()
    {
        string[] alone = ["Raft.Verified", "Raft.Verified.Exploration", "Raft.Verified.Linearizability"];
        Assert.All(Projects().Where(project => alone.Contains(project.Name)), project => Assert.Empty(project.Needs));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Top, "Raft.Verified.sln"));
        Assert.All(Projects(), project => Assert.Contains($"{project.Name}.csproj\"", solution));
    }

    [Fact]
    public void No_file_of_src_and_specs_is_longer_than_400_lines()
    {
        Assert.Empty(Sources("src", "specs").Select(file => (Name: Relative(file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > MaxLines).Select(file => $"{file.Name}: {file.Lines} lines"));
    }

    [Fact]
    public void No_summary_begins_without_a_noun_or_a_verb()
    {
        List<string> headless = [];
        foreach (string file in Sources("src", "specs"))
        {
            string text = File.ReadAllText(file);
            foreach (Match match in Headless().Matches(text))
            {
                headless.Add($"{Relative(file)}:{text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Groups[1].Value}");
            }
        }

        Assert.Empty(headless);
    }

    private static IEnumerable<string> Sources(params string[] parts) => parts
        .SelectMany(part => Directory.EnumerateFiles(Path.Combine(Repository.Top, part), "*.cs", SearchOption.AllDirectories))
        .Where(file => !IsBuilt(file))
        .Order(StringComparer.Ordinal);

    private static List<Project> Projects()
    {
        List<Project> projects = [];
        foreach (string part in Parts)
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Top, part), "*.csproj", SearchOption.AllDirectories).Where(file => !IsBuilt(file)))
            {
                projects.Add(new Project(Path.GetFileNameWithoutExtension(file), part,
                    [.. XDocument.Load(file).Descendants("ProjectReference").Select(reference => Reference(file, (string)reference.Attribute("Include")!))]));
            }
        }

        Assert.True(projects.Count > 15, "the projects were not found");
        return projects;
    }

    private static (string Name, string Part) Reference(string from, string path)
    {
        string full = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, path));
        Assert.True(File.Exists(full), $"{Relative(from)} needs {path}, which is not there");
        return (Path.GetFileNameWithoutExtension(full), Relative(full).Split('/')[0]);
    }

    private static bool IsBuilt(string file) => Relative(file).Split('/') is var folders && (folders.Contains("obj") || folders.Contains("bin"));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Top, file).Replace('\\', '/');

    [GeneratedRegex(@"<summary>[\s/]*((?:What|How|Where|Who|Whom|Whether)\b[^<\n]{0,60})")]
    private static partial Regex Headless();

    private sealed record Project(string Name, string Part, IReadOnlyList<(string Name, string Part)> Needs);
}
