using Xunit;

namespace Raft.Verified.Tests.House;

/// <summary>The rule of arrows, read from the project files.</summary>
public sealed class ArrowTests
{
    // The samples are built against the packages, which the solution makes.
    private const string Samples = "src/Samples/";

    [Fact]
    public void Nothing_in_src_or_specs_needs_tests() => Violation.AssertNone(Arrows.IntoTests(Arrows.Read(SourceTree.OfRepository)));

    [Fact]
    public void Nothing_that_ships_needs_what_verifies_it() => Violation.AssertNone(Arrows.FromShipping(Arrows.Read(SourceTree.OfRepository)));

    [Fact]
    public void The_engine_and_the_linearizability_checker_need_no_other_project() => Violation.AssertNone(Arrows.FromAlone(Arrows.Read(SourceTree.OfRepository)));

    [Fact]
    public void The_project_for_unit_tests_needs_neither_the_command_nor_a_test_framework()
    {
        const string Project = "src/Raft.Verified.Testing/Raft.Verified.Testing.csproj";
        SourceTree tree = SourceTree.OfRepository;
        SourceFile file = Assert.Single(tree.Files("src"), file => file.Path == Project);

        Assert.DoesNotContain(file.Lines, line => line.Contains("<PackageReference ", StringComparison.Ordinal));
        Assert.Equal(
            ["src/Raft.Verified", "src/Raft.Verified.Exploration", "src/Raft.Verified.Simulation", "specs/Raft.Verified.Specifications"],
            Arrows.Read(tree).Where(arrow => arrow.From.Path == Project && arrow.IsProject).Select(arrow => Path.GetDirectoryName(arrow.Target)!.Replace('\\', '/')));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Repository.File("Raft.Verified.sln")).Replace('\\', '/');
        string[] projects = [.. SourceTree.OfRepository.Files("src", "specs", "tests").Select(file => file.Path).Where(IsProject).Where(path => !path.StartsWith(Samples, StringComparison.Ordinal))];

        Assert.True(projects.Length > 15, "the projects were not found");
        Assert.All(projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reference_of_a_project_is_read_and_exists()
    {
        SourceTree tree = SourceTree.OfRepository;
        Arrow[] references = [.. Arrows.Read(tree).Where(arrow => arrow.IsProject)];

        Assert.Equal(tree.Files("src", "specs").Where(file => IsProject(file.Path)).Sum(file => file.Lines.Count(IsReference)), references.Length);
        Assert.All(references, reference => Assert.True(File.Exists(Path.Combine(tree.Top, reference.Target)), reference.Target));
        Assert.Contains(references, reference => reference.Target == "src/Raft.Verified/Raft.Verified.csproj" && Arrows.Shipping.Any(reference.From.Path.Contains));
    }

    [Theory]
    [InlineData("<ProjectReference Include=\"../../tests/Raft.Verified.Tests/Raft.Verified.Tests.csproj\" />", "tests/Raft.Verified.Tests/Raft.Verified.Tests.csproj")]
    [InlineData("<ProjectReference Include=\"..\\..\\tests\\A\\A.csproj\" />", "tests/A/A.csproj")]
    [InlineData("<Compile Include=\"../Raft.Verified/*.cs;../../tests/Shared/*.cs\" />", "tests/Shared/*.cs")]
    [InlineData("<EmbeddedResource Include=\"$(MSBuildThisFileDirectory)../../tests/regressions/**\" />", "tests/regressions/**")]
    public void An_arrow_into_tests_is_named_with_file_and_line(string item, string target)
    {
        using TemporaryFolder folder = new();
        SourceTree tree = MadeUp(folder, "Raft.Verified.Exploration", item);

        Assert.Equal(
            $"src/Raft.Verified.Exploration/Raft.Verified.Exploration.csproj:3: Raft.Verified.Exploration needs {target}; nothing in src or specs may need tests.",
            Assert.Single(Arrows.IntoTests(Arrows.Read(tree))).ToString());
    }

    [Theory]
    [InlineData("Raft.Verified", "<ProjectReference Include=\"../Raft.Verified.Exploration/Raft.Verified.Exploration.csproj\" />", true)]
    [InlineData("Raft.Verified", "<ProjectReference Include=\"../../specs/Raft.Verified.Specifications/Raft.Verified.Specifications.csproj\" />", true)]
    [InlineData("Raft.Verified.KeyValue", "<ProjectReference Include=\"../Raft.Verified.Testing/Raft.Verified.Testing.csproj\" />", true)]
    [InlineData("Raft.Verified.KeyValue", "<Compile Include=\"../Raft.Verified.Simulation/Tasks/*.cs\" />", true)]
    [InlineData("Raft.Verified.KeyValue", "<ProjectReference Include=\"../Raft.Verified/Raft.Verified.csproj\" />", false)]
    [InlineData("Raft.Verified.Hosting", "<ProjectReference Include=\"../Raft.Verified.Tcp/Raft.Verified.Tcp.csproj\" />", false)]
    [InlineData("Raft.Verified.Hosting", "<None Include=\"README.md\" />", false)]
    [InlineData("Raft.Verified.Exploration", "<ProjectReference Include=\"../Raft.Verified.Simulation/Raft.Verified.Simulation.csproj\" />", false)]
    public void An_arrow_from_what_ships_to_what_verifies_is_named_with_file_and_line(string project, string item, bool violates)
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<Violation> violations = Arrows.FromShipping(Arrows.Read(MadeUp(folder, project, item)));

        Assert.Equal(violates ? [$"src/{project}/{project}.csproj:3"] : [], violations.Select(violation => $"{violation.File.Path}:{violation.Line}"));
    }

    [Theory]
    [InlineData("<ProjectReference Include=\"../Raft.Verified/Raft.Verified.csproj\" />", true)]
    [InlineData("<Compile Include=\"../Raft.Verified.Simulation/Tasks/*.cs\" />", true)]
    [InlineData("<EmbeddedResource Include=\"Pages/*\" />", false)]
    public void An_arrow_from_a_project_that_needs_no_other_is_named_with_file_and_line(string item, bool violates)
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<Violation> violations = Arrows.FromAlone(Arrows.Read(MadeUp(folder, "Raft.Verified.Exploration", item)));

        Assert.Equal(violates ? ["src/Raft.Verified.Exploration/Raft.Verified.Exploration.csproj:3"] : [], violations.Select(violation => $"{violation.File.Path}:{violation.Line}"));
    }

    private static bool IsProject(string path) => path.EndsWith(".csproj", StringComparison.Ordinal);

    private static bool IsReference(string line) => line.Contains("<ProjectReference ", StringComparison.Ordinal);

    private static SourceTree MadeUp(TemporaryFolder folder, string project, string item)
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "specs"));
        Directory.CreateDirectory(Path.Combine(folder.FullName, "src", project));
        File.WriteAllLines(Path.Combine(folder.FullName, "src", project, $"{project}.csproj"), ["<Project>", "  <ItemGroup>", $"    {item}", "  </ItemGroup>", "</Project>"]);
        return new SourceTree(folder.FullName);
    }
}
