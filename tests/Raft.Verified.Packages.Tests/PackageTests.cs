using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Xunit;

namespace Raft.Verified.Tests.Packages;

/// <summary>The packages as a set, and what each of them contains.</summary>
[Collection(PackedFeed.Name)]
public sealed class PackageTests(PackedFeed feed)
{
    private static readonly string[] Libraries =
    [
        "Raft.Verified", "Raft.Verified.Exploration", "Raft.Verified.KeyValue", "Raft.Verified.Linearizability", "Raft.Verified.ModelChecking",
        "Raft.Verified.Simulation", "Raft.Verified.Specifications", "Raft.Verified.Testing",
    ];

    private static readonly string[] Others = ["Raft.Verified.Cli", "Raft.Verified.Templates"];

    [Fact]
    public void One_version_of_each_package_is_packed()
    {
        string[] expected = [.. Libraries.Concat(Others).Order(StringComparer.Ordinal).Select(name => $"{name} {feed.Version}")];

        Assert.Equal(expected, feed.Manifests().Select(package => $"{Value(package.Metadata, "id")} {Value(package.Metadata, "version")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_package_says_what_it_is_where_it_comes_from_and_how_it_may_be_used()
    {
        foreach ((string file, XElement metadata) in feed.Manifests())
        {
            string name = Path.GetFileName(file);
            Assert.True(Value(metadata, "description") is { Length: > 20 }, name);
            Assert.Equal((name, "MIT"), (name, Value(metadata, "license")));
            Assert.Equal((name, "icon.png"), (name, Value(metadata, "icon")));
            Assert.Equal((name, "PACKAGE.md"), (name, Value(metadata, "readme")));
            Assert.Equal((name, "git"), (name, Element(metadata, "repository")?.Attribute("type")?.Value));
            Assert.Matches("^[0-9a-f]{40}$", Element(metadata, "repository")?.Attribute("commit")?.Value ?? "none");
            string[] entries = Entries(file);
            Assert.Contains("icon.png", entries);
            Assert.Contains("PACKAGE.md", entries);
        }
    }

    [Fact]
    public void Every_library_has_its_documentation_and_its_symbols_and_is_deterministic()
    {
        foreach (string name in Libraries)
        {
            string[] entries = Entries(Path.Combine(feed.Packages, $"{name}.{feed.Version}.nupkg"));
            Assert.Contains($"lib/net10.0/{name}.dll", entries);
            Assert.Contains($"lib/net10.0/{name}.xml", entries);
            Assert.Contains($"lib/net10.0/{name}.pdb", Entries(Path.Combine(feed.Packages, $"{name}.{feed.Version}.snupkg")));
            Assert.True(IsReproducible(Path.Combine(feed.Packages, $"{name}.{feed.Version}.nupkg"), $"lib/net10.0/{name}.dll"), name);
        }
    }

    [Fact]
    public void What_ships_to_a_cluster_brings_nothing_that_verifies()
    {
        Assert.Equal([], DependenciesOf("Raft.Verified"));
        Assert.Equal(["Raft.Verified"], DependenciesOf("Raft.Verified.KeyValue"));
        Assert.Equal([], DependenciesOf("Raft.Verified.Linearizability"));
        Assert.Equal([], DependenciesOf("Raft.Verified.Exploration"));
    }

    [Fact]
    public void The_package_for_tests_brings_all_that_a_test_needs()
    {
        Assert.Equal(
            ["Raft.Verified", "Raft.Verified.Exploration", "Raft.Verified.Simulation", "Raft.Verified.Specifications"],
            Closure("Raft.Verified.Testing").Where(name => name.StartsWith("Raft.Verified", StringComparison.Ordinal)));
        Assert.DoesNotContain(Closure("Raft.Verified.Testing"), name => name.Contains("xunit", StringComparison.OrdinalIgnoreCase) || name.Contains("nunit", StringComparison.OrdinalIgnoreCase));
    }

    private static string Value(XElement metadata, string name) => Element(metadata, name)?.Value ?? "none";

    private static XElement? Element(XElement metadata, string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    private static string[] Entries(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private static bool IsReproducible(string package, string entry)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream stream = archive.GetEntry(entry)!.Open();
        using MemoryStream image = new();
        stream.CopyTo(image);
        image.Position = 0;
        using PEReader reader = new(image);
        return reader.ReadDebugDirectory().Any(part => part.Type == DebugDirectoryEntryType.Reproducible);
    }

    private string[] DependenciesOf(string name) =>
    [
        .. feed.Manifests().Single(package => Value(package.Metadata, "id") == name).Metadata.Descendants()
            .Where(element => element.Name.LocalName == "dependency").Select(dependency => dependency.Attribute("id")!.Value).Order(StringComparer.Ordinal),
    ];

    private IEnumerable<string> Closure(string name)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        Queue<string> open = new([name]);
        while (open.TryDequeue(out string? next))
        {
            bool isOurs = feed.Manifests().Any(package => Value(package.Metadata, "id") == next);
            foreach (string dependency in isOurs ? DependenciesOf(next) : [])
            {
                if (found.Add(dependency))
                {
                    open.Enqueue(dependency);
                }
            }
        }

        return found;
    }
}
