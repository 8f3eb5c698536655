using System.Text.Json;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>
/// The assemblies of NuGet packages that an assembly depends on, in the folder of packages. The build of a class
/// library does not copy them beside it; its <c>.deps.json</c> names them.
/// </summary>
internal sealed class PackageFolder
{
    private readonly Dictionary<string, string> _files;

    private PackageFolder(Dictionary<string, string> files) => _files = files;

    /// <summary>Reads the dependencies of an assembly; there are none without a <c>.deps.json</c>.</summary>
    /// <param name="image">The full path of the assembly.</param>
    /// <param name="folder">The folder of packages; null for the one that NuGet uses.</param>
    public static PackageFolder Of(string image, string? folder = null)
    {
        Dictionary<string, string> files = new(StringComparer.OrdinalIgnoreCase);
        string dependencies = Path.ChangeExtension(image, ".deps.json");
        try
        {
            if (File.Exists(dependencies))
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(dependencies));
                Read(document.RootElement, folder ?? OfNuGet(), files);
            }
        }
        catch (Exception exception) when (exception is IOException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // A file that is no list of dependencies adds none. What is missing is reported when it is needed.
        }

        return new PackageFolder(files);
    }

    /// <summary>Returns the path of an assembly of a package; null when there is none.</summary>
    /// <param name="name">The simple name of the assembly.</param>
    public string? Find(string name) => _files.TryGetValue(name, out string? path) && File.Exists(path) ? path : null;

    private static string OfNuGet() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static void Read(JsonElement root, string folder, Dictionary<string, string> files)
    {
        JsonElement libraries = root.GetProperty("libraries");
        string target = root.GetProperty("runtimeTarget").GetProperty("name").GetString()!;
        foreach (JsonProperty library in root.GetProperty("targets").GetProperty(target).EnumerateObject())
        {
            JsonElement described = libraries.GetProperty(library.Name);
            if (described.GetProperty("type").GetString() == "package"
                && described.TryGetProperty("path", out JsonElement path)
                && library.Value.TryGetProperty("runtime", out JsonElement runtime))
            {
                foreach (JsonProperty asset in runtime.EnumerateObject())
                {
                    files[Path.GetFileNameWithoutExtension(asset.Name)] = Path.Combine(folder, path.GetString()!, asset.Name);
                }
            }
        }
    }
}
