
namespace Raft.Verified.Tests.House;

/// <summary>The files that people write, of the repository or of a folder made up like it.</summary>
/// <param name="top">The top level of the repository.</param>
internal sealed class SourceTree(string top)
{
    private static readonly string[] Written =
        [".cs", ".csproj", ".props", ".targets", ".js", ".css", ".html", ".sh", ".yaml", ".yml", ".md", ".txt", ".tla", ".cfg"];

    /// <summary>The repository that the tests were built in.</summary>
    public static SourceTree OfRepository { get; } = new(Repository.Top);

    /// <summary>The top level of the repository.</summary>
    public string Top { get; } = top;

    /// <summary>Returns the files of some folders, ordered by path, without generated files and without folders of build output.</summary>
    /// <param name="folders">The names of the folders, all of which exist at the top level.</param>
    public IEnumerable<SourceFile> Files(params string[] folders) =>
        folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Top, folder), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Top, file).Replace('\\', '/'))
            .Where(path => Written.Contains(Path.GetExtension(path)) && !path.Split('/').Any(part => part is "bin" or "obj" || part.StartsWith('.')))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllLines(Path.Combine(Top, path))))
            .Where(file => !file.IsGenerated);

    /// <summary>Returns the files at the top level itself, ordered by path.</summary>
    public IEnumerable<SourceFile> FilesAtTop() => Directory.EnumerateFiles(Top)
        .Where(file => Written.Contains(Path.GetExtension(file)))
        .Order(StringComparer.Ordinal)
        .Select(file => new SourceFile(Path.GetFileName(file), File.ReadAllLines(file)));
}
