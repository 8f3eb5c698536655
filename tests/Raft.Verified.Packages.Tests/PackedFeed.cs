using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace Raft.Verified.Tests.Packages;

/// <summary>
/// All packages of this build in a folder, under a version that no other run uses, and a folder for projects that take
/// them from there.
/// </summary>
public sealed class PackedFeed : IAsyncLifetime, IDisposable
{
    /// <summary>The name of the collection of the tests that use the feed.</summary>
    public const string Name = "packages";

    private readonly TemporaryFolder _folder = new();

    /// <summary>The version of the packages.</summary>
    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow.Ticks}";

    /// <summary>The folder with the packages.</summary>
    public string Packages => Path.Combine(_folder.FullName, "packages");

    /// <summary>The configuration that the tests were built in.</summary>
    public static string Configuration { get; } = typeof(PackedFeed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Packages);
        await DotNet.RunAsync(Repository.Top, "pack", "Raft.Verified.sln", "-c", Configuration, "--no-build", "-o", Packages, $"-p:PackageVersion={Version}");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Packages}" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>Returns an empty folder below the configuration that names the feed.</summary>
    /// <param name="name">The name of the folder.</param>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;

    /// <summary>Copies a sample beside its settings, so that it is built as it is in the repository, but against the feed.</summary>
    /// <param name="name">The name of the sample.</param>
    /// <param name="copy">The name of the copy.</param>
    /// <returns>The folder of the copy.</returns>
    public string CopySample(string name, string copy = "sample")
    {
        string samples = Repository.File("src", "Samples");
        string target = NewFolder($"{copy}-{name}");
        foreach (string file in Directory.GetFiles(samples).Where(file => Path.GetFileName(file) != "nuget.config"))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        string folder = Directory.CreateDirectory(Path.Combine(target, name)).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(samples, name)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }

    /// <summary>Returns the name of each package with its manifest, in the order of the names.</summary>
    public IReadOnlyList<(string File, XElement Metadata)> Manifests() =>
        [.. Directory.GetFiles(Packages, "*.nupkg").Order(StringComparer.Ordinal).Select(file => (file, ReadManifest(file)))];

    /// <inheritdoc />
    public Task DisposeAsync() => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose()
    {
        // The version is of no use to anybody else.
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach ((string file, XElement _) in Manifests())
        {
            string unpacked = Path.Combine(cache, Path.GetFileName(file).Replace($".{Version}.nupkg", "", StringComparison.Ordinal).ToLowerInvariant(), Version);
            if (Directory.Exists(unpacked))
            {
                Directory.Delete(unpacked, recursive: true);
            }
        }

        _folder.Dispose();
    }

    private static XElement ReadManifest(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream manifest = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(manifest).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }
}
