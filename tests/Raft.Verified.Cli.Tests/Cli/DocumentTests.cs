using System.Text.RegularExpressions;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>The documents of the repository: their links lead somewhere, and their lines are no wider than 100 characters.</summary>
public sealed partial class DocumentTests
{
    private const int Width = 100;

    private static readonly string[] Folders = [".github", "src", "specs", "tests"];

    internal static IReadOnlyList<string> Documents { get; } =
    [
        .. Directory.GetFiles(Repository.Top, "*.md"),
        .. Folders.SelectMany(folder => Directory.GetFiles(Repository.File(folder), "*.md", SearchOption.AllDirectories))
            .Where(file => !BuildOutput().IsMatch(file)),
    ];

    [Fact]
    public void Every_link_to_a_file_or_a_heading_leads_there()
    {
        Assert.Contains(Repository.File("specs", "README.md"), Documents);

        Assert.Equal([], Documents.SelectMany(document => Targets(document)
            .Where(target => !LeadsSomewhere(document, target))
            .Select(target => $"{Path.GetRelativePath(Repository.Top, document)}: {target}")));
    }

    [Fact]
    public void No_line_outside_of_tables_and_code_is_wider_than_100()
    {
        Assert.Equal([], Documents.SelectMany(document => Text(document)
            .Where(line => line.Length > Width && !line.TrimStart().StartsWith('|') && !Definition().IsMatch(line))
            .Select(line => $"{Path.GetRelativePath(Repository.Top, document)}: {line}")));
    }

    [Fact]
    public void The_README_takes_sixty_seconds()
    {
        const int MostLines = 130;
        const int FirstCode = 60;
        string[] lines = Repository.Lines("README.md");

        Assert.InRange(lines.Length, 1, MostLines);
        Assert.InRange(Array.IndexOf(lines, "```csharp") + 1, 1, FirstCode - 1);
    }

    private static IEnumerable<string> Targets(string document) =>
        Text(document).SelectMany(line => Link().Matches(line).Concat(Definition().Matches(line)))
            .Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    private static bool LeadsSomewhere(string document, string target)
    {
        string[] parts = target.Split('#');
        string path = parts[0].Length == 0 ? document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, parts[0]));
        return Path.Exists(path)
            && (parts.Length == 1 || Text(path).Where(line => line.StartsWith('#')).Any(line => Anchor(line.TrimStart('#')) == parts[1]));
    }

    // As GitHub makes it: lower case, spaces as hyphens, no punctuation.
    private static string Anchor(string heading) =>
        NotInAnchor().Replace(Link().Replace(heading.Trim(), ""), "").Replace(' ', '-').ToLowerInvariant();

    // The lines outside of code blocks.
    private static IEnumerable<string> Text(string document)
    {
        bool isCode = false;
        foreach (string line in File.ReadLines(document))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (!isCode)
            {
                yield return line;
            }
        }
    }

    [GeneratedRegex(@"[/\\](bin|obj|out|Output)[/\\]")]
    private static partial Regex BuildOutput();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\[[^\]]+\]: (\S+)")]
    private static partial Regex Definition();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
