using System.Xml;
using System.Xml.Linq;

namespace Raft.Verified.Tests.House;

/// <summary>
/// The rule of arrows: nothing in <c>src</c> needs <c>tests</c>, and nothing that ships to a cluster needs code that verifies it.
/// <c>specs</c> stands between the two, and so does not need <c>tests</c> either.
/// </summary>
internal static class Arrows
{
    /// <summary>The projects that ship to a cluster, including those that are planned. All other projects verify them.</summary>
    public static IReadOnlyList<string> Shipping { get; } =
        ["Raft.Verified", "Raft.Verified.KeyValue", "Raft.Verified.Wal", "Raft.Verified.Tcp", "Raft.Verified.Hosting"];

    /// <summary>The projects that need no other: the library, the engine, which knows no Raft, and the checker of histories, which knows none either.</summary>
    public static IReadOnlyList<string> Alone { get; } = ["Raft.Verified", "Raft.Verified.Exploration", "Raft.Verified.Linearizability"];

    /// <summary>
    /// Reads the arrows of all projects under <c>src</c> and <c>specs</c>: references to projects, files that are compiled, embedded or packed, and imports. The
    /// files of properties at the top level count too, because every project imports them.
    /// </summary>
    /// <param name="tree">The repository.</param>
    public static IReadOnlyList<Arrow> Read(SourceTree tree) =>
        [.. tree.FilesAtTop().Concat(tree.Files("src", "specs")).Where(file => Path.GetExtension(file.Path) is ".csproj" or ".props" or ".targets")
            .SelectMany(file => Read(tree, file))];

    /// <summary>Returns a violation for each arrow that points into <c>tests</c>.</summary>
    public static IReadOnlyList<Violation> IntoTests(IEnumerable<Arrow> arrows) =>
        [.. arrows.Where(arrow => arrow.Target == "tests" || arrow.Target.StartsWith("tests/", StringComparison.Ordinal))
            .Select(arrow => new Violation(arrow.From, arrow.Line, $"{Owner(arrow)} needs {arrow.Target}; nothing in src or specs may need tests."))];

    /// <summary>Returns a violation for each arrow from a project that ships to one that does not, or to a file of such a project.</summary>
    public static IReadOnlyList<Violation> FromShipping(IEnumerable<Arrow> arrows) =>
        [.. arrows.Where(arrow => Shipping.Contains(ProjectOf(arrow.From.Path)) && ProjectOf(arrow.Target) is { } target && !Shipping.Contains(target))
            .Select(arrow => new Violation(
                arrow.From, arrow.Line, $"{Owner(arrow)} ships to a cluster and needs {arrow.Target}; it may need only what ships: {string.Join(", ", Shipping)}."))];

    /// <summary>Returns a violation for each arrow from a project that needs no other to another project, or to a file of one.</summary>
    public static IReadOnlyList<Violation> FromAlone(IEnumerable<Arrow> arrows) =>
        [.. arrows.Where(arrow => Alone.Contains(ProjectOf(arrow.From.Path)) && ProjectOf(arrow.Target) is { } target && target != ProjectOf(arrow.From.Path))
            .Select(arrow => new Violation(arrow.From, arrow.Line, $"{Owner(arrow)} needs {arrow.Target}; it may need no other project."))];

    private static string Owner(Arrow arrow) => ProjectOf(arrow.From.Path) ?? "Every project";

    // The project of a path like src/PROJECT/FILE; null for a path that is in no project.
    private static string? ProjectOf(string path) => path.Split('/') is ["src" or "specs" or "tests", string project, _, ..] ? project : null;

    private static IEnumerable<Arrow> Read(SourceTree tree, SourceFile file)
    {
        string folder = Path.Combine(tree.Top, Path.GetDirectoryName(file.Path)!);
        foreach (XElement element in XDocument.Parse(string.Join('\n', file.Lines), LoadOptions.SetLineInfo).Descendants())
        {
            string name = element.Name.LocalName;
            foreach (XAttribute attribute in element.Attributes().Where(attribute => attribute.Name.LocalName is "Include" or "Project"))
            {
                foreach (string path in attribute.Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    string relative = path.Replace('\\', '/').Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal)
                        .Replace("$(MSBuildProjectDirectory)", ".", StringComparison.Ordinal);
                    string target = Path.GetRelativePath(tree.Top, Path.GetFullPath(Path.Combine(folder, relative))).Replace('\\', '/');
                    yield return new Arrow(file, ((IXmlLineInfo)attribute).LineNumber, target, name == "ProjectReference");
                }
            }
        }
    }
}
