using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>The list of seeded mistakes in the specification: it has every property, and names what exists.</summary>
public sealed class SeededMistakesTests
{
    private static readonly string Folder = Repository.File("specs", "tla");

    private static readonly string[][] Mistakes =
    [
        .. File.ReadAllLines(Path.Combine(Folder, "mistakes.txt")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void Every_property_of_the_specification_has_a_mistake_that_it_reports()
    {
        IEnumerable<string> properties = File.ReadAllLines(Repository.File("specs", "properties.md"))
            .Where(line => line.StartsWith("| [`", StringComparison.Ordinal))
            .Select(line => line.Split(" | ")[3].Trim('`')).Where(name => name != "-");

        Assert.Equal([], properties.Append("EventuallyCommits").Except(Mistakes.Select(mistake => mistake[3])));
    }

    [Fact]
    public void Every_property_of_the_table_is_checked_in_a_model()
    {
        string models = string.Concat(Directory.GetFiles(Folder, "*.cfg").Select(File.ReadAllText));

        Assert.All(Mistakes, mistake => Assert.Contains(mistake[3], models, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistake_names_a_model_and_two_operators_that_exist()
    {
        string specification = File.ReadAllText(Path.Combine(Folder, "Raft.tla"));
        string wrong = File.ReadAllText(Path.Combine(Folder, "MCRaft.tla"));

        Assert.All(Mistakes, mistake =>
        {
            Assert.Equal(5, mistake.Length);
            Assert.True(File.Exists(Path.Combine(Folder, $"{mistake[1]}.cfg")), $"{mistake[0]}: there is no model '{mistake[1]}'");
            string[] operators = mistake[2].Split("<-", StringSplitOptions.TrimEntries);
            Assert.Matches($@"(?m)^{operators[0]}(\(.*\))? ==", specification);
            Assert.Matches($@"(?m)^{operators[1]}(\(.*\))? ==", wrong);
        });
    }

    [Fact]
    public void At_least_twenty_seeded_bugs_of_the_gate_have_a_twin()
    {
        string[] twins = [.. Mistakes.Select(mistake => mistake[4]).Where(twin => twin != "-").Distinct()];
        string catalogue = Repository.File("src", "Raft.Verified.Mutants", "Catalogue");

        Assert.All(twins, twin => Assert.Single(Directory.GetFiles(catalogue, $"{twin}.json", SearchOption.AllDirectories)));
        Assert.InRange(twins.Length, 20, int.MaxValue);
    }
}
