using System.Text.RegularExpressions;
using Raft.Verified.Specifications;
using Xunit;

namespace Raft.Verified.Tests.Specifications;

/// <summary>The table of <c>specs/properties.md</c> has every property, with the statement and the TLA+ name of the code.</summary>
public sealed partial class PropertyTableTests
{
    [Fact]
    public void The_table_says_what_the_code_says()
    {
        IEnumerable<string> code =
        [
            .. Properties.CreateAll(() => new AppendingModel()).Select(property => Row(property.Name, property.Statement, property.TlaName)),
            .. Properties.Liveness.Select(property => Row(property.Name, property.Statement, property.TlaName)),
            Row(nameof(Livelock), Livelock.Statement, ""),
        ];
        IEnumerable<string> table = Repository.Lines("specs", "properties.md")
            .Select(line => (Match: Name().Match(line), Cells: line.Split(" | ")))
            .Where(row => row.Match.Success)
            .Select(row => Row(row.Match.Groups[1].Value, row.Cells[1], row.Cells[3].Trim('`').Replace("-", "", StringComparison.Ordinal)));

        Assert.Equal(code.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    private static string Row(string name, string statement, string tlaName) => $"{name} | {statement} | {tlaName}";

    [GeneratedRegex(@"^\| \[`(\w+)`\]")]
    private static partial Regex Name();
}
