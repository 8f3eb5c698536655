using System.Text.Json;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>raft test --coverage</c>.</summary>
public sealed class CoverageCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_is_complete_in_itself()
    {
        string file = _folder.File("pages/coverage.html");
        CommandRun run = Test(file);
        string page = File.ReadAllText(file);

        Assert.Equal(2, run.Exit);
        Assert.StartsWith("<!DOCTYPE html>", page);
        Assert.EndsWith("</html>\n", page);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_page_has_every_scenario_with_its_goals_and_what_was_found()
    {
        string file = _folder.File("coverage.html");
        Test(file);
        string page = File.ReadAllText(file);

        Assert.Equal(2, page.Split("<details ").Length - 1);
        Assert.Contains("<details id=\"sound-unreached\"", page);
        Assert.Contains("<td>pigs fly</td><td class=\"n bad\">0</td>", page);
        Assert.Contains("which violates S2NeverLeads", page);
        Assert.Contains("title=\"candidate, becomes leader: ", page);
        Assert.Contains("<polyline class=\"curve\"", page);
    }

    [Fact]
    public void The_report_has_a_sentence_about_it()
    {
        CommandRun run = Test(_folder.File("coverage.html"));

        Assert.Matches(@"reached [0-9,]+ abstract states, [0-9,]+ of them new in the last 10 % of the schedules", run.Out);
        Assert.DoesNotContain("abstract", CommandRun.Of("test", "sound-unreached", "--iterations", "5").Out);
    }

    [Fact]
    public void Json_has_an_object_a_run()
    {
        CommandRun run = Test(_folder.File("coverage.html"), "--json");
        using JsonDocument document = JsonDocument.Parse(run.Out);
        JsonElement coverage = document.RootElement.GetProperty("runs").EnumerateArray()
            .Single(one => one.GetProperty("scenario").GetString() == "sound-unreached").GetProperty("coverage");

        Assert.Equal(["states", "newInLastTenth", "curve", "tables"], coverage.EnumerateObject().Select(field => field.Name));
        JsonElement last = coverage.GetProperty("curve").EnumerateArray().Last();
        Assert.Equal(60, last.GetProperty("schedules").GetInt64());
        Assert.Equal(coverage.GetProperty("states").GetInt64(), last.GetProperty("states").GetInt64());
        Assert.Equal(["roles and events", "messages and outcomes", "faults and phases"], coverage.GetProperty("tables").EnumerateObject().Select(table => table.Name));
        Assert.True(coverage.GetProperty("tables").GetProperty("roles and events").GetProperty("candidate").GetProperty("becomes leader").GetInt64() >= 60);
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_refused_before_the_work()
    {
        CommandRun run = Test(_folder.FullName);

        Assert.Equal(1, run.Exit);
        Assert.Contains("cannot be written", run.Error);
        Assert.Empty(run.Out);
    }

    private CommandRun Test(string page, params string[] more) => CommandRun.Of(
        ["test", "sound-unreached", "broken", "--iterations", "60", "--seed", "3", "--out", _folder.FullName, "--coverage", page, .. more]);
}
