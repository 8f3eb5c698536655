using System.Text.RegularExpressions;
using Raft.Verified.Exploration;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

/// <summary>The engine's own arrows.</summary>
public sealed partial class FolderTests
{
    private const string Engine = "Raft.Verified.Exploration";

    private static readonly string Top = Repository.File("src", Engine);

    [Fact]
    public void The_engine_needs_nothing_but_the_framework()
    {
        IEnumerable<string> needed = typeof(Explorer).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.All(needed, name => Assert.StartsWith("System", name));
    }

    [Fact]
    public void No_folder_of_the_engine_needs_another_one_that_needs_it()
    {
        string[] folders = [.. Directory.GetDirectories(Top).Select(Path.GetFileName).OfType<string>().Where(name => name is not ("bin" or "obj")).Order()];
        Dictionary<string, string[]> needs = folders.ToDictionary(folder => folder, folder => Needs(folder, folders));
        Assert.Contains("Runtime", needs["Strategies"]);
        Assert.Empty(needs["Runtime"]);
        foreach (string folder in folders)
        {
            Assert.DoesNotContain(folder, Reached(folder, needs));
        }
    }

    // The folder of the explorer itself stands above all others: none of them may need it.
    private static string[] Needs(string folder, string[] all)
    {
        HashSet<string> found = [];
        foreach (string file in Directory.GetFiles(Path.Combine(Top, folder), "*.cs", SearchOption.AllDirectories))
        {
            string code = Comment().Replace(File.ReadAllText(file), "");
            Assert.False(code.Contains($"using {Engine};", StringComparison.Ordinal), $"{file} needs the folder above it");
            found.UnionWith(all.Where(other => other != folder && Regex.IsMatch(code, $@"\b{other}\.\w|using {Engine}\.{other};")));
        }

        return [.. found.Order()];
    }

    private static HashSet<string> Reached(string from, Dictionary<string, string[]> needs)
    {
        HashSet<string> reached = [];
        Queue<string> open = new(needs[from]);
        while (open.TryDequeue(out string? next))
        {
            if (reached.Add(next))
            {
                foreach (string further in needs[next])
                {
                    open.Enqueue(further);
                }
            }
        }

        return reached;
    }

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();
}
