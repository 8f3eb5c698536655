using Raft.Verified.Testing.Replays;
using Xunit;

namespace Raft.Verified.Tests.Testing;

/// <summary>The search for the folder of regressions.</summary>
public sealed class RegressionFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_folder_lies_beside_the_source_file_or_above_it_in_the_project()
    {
        Project("A");
        Folder("A", "Deep", "Deeper");
        Assert.Null(Find("A/Deep/Deeper/Test.cs"));
        string project = Folder("A", "regressions");
        Assert.Equal(project, Find("A/Deep/Deeper/Test.cs"));
        string nearer = Folder("A", "Deep", "regressions");
        Assert.Equal(nearer, Find("A/Deep/Deeper/Test.cs"));
        Assert.Equal(project, Find("A/Test.cs"));
    }

    [Fact]
    public void A_folder_above_the_project_is_not_taken()
    {
        Project("A");
        Folder("regressions");
        Assert.Null(Find("A/Test.cs"));
    }

    [Fact]
    public void Without_the_sources_the_folder_lies_beside_the_assembly_or_above_it_in_the_project()
    {
        Project("A");
        string binaries = Folder("A", "bin", "Release");
        string project = Folder("A", "regressions");
        Assert.Equal(project, RegressionFolder.Find(null, "/_/A/Test.cs", binaries));
        string copied = Folder("A", "bin", "Release", "regressions");
        Assert.Equal(copied, RegressionFolder.Find(null, "", binaries));
    }

    [Fact]
    public void Without_a_project_only_the_folder_beside_the_assembly_counts()
    {
        string binaries = Folder("app", "tests");
        Folder("app", "regressions");
        Assert.Null(RegressionFolder.Find(null, "", binaries));
        string copied = Folder("app", "tests", "regressions");
        Assert.Equal(copied, RegressionFolder.Find(null, "", binaries));
    }

    [Fact]
    public void The_empty_text_turns_regressions_off()
    {
        Project("A");
        Folder("A", "regressions");
        Assert.Null(RegressionFolder.Find("", Path.Combine(_folder.FullName, "A", "Test.cs"), _folder.FullName));
    }

    private string? Find(string source) => RegressionFolder.Find(null, Path.Combine(_folder.FullName, source), Folder("elsewhere"));

    private void Project(string name) => File.WriteAllText(Path.Combine(Folder(name), name + ".csproj"), "");

    private string Folder(params string[] path) => Directory.CreateDirectory(Path.Combine([_folder.FullName, .. path])).FullName;
}
