using System.Text.Json;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>raft show</c>: one page of a schedule, whether it still shows its violation or not.</summary>
public sealed class ShowCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _schedule;

    public ShowCommandTests()
    {
        CommandRun.Of("test", "broken", "--iterations", "200", "--seed", "3", "--workers", "1", "--out", _folder.FullName);
        _schedule = Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_is_written_beside_the_schedule()
    {
        CommandRun run = CommandRun.Of("show", _schedule);
        string page = Path.ChangeExtension(_schedule, ".html");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.StartsWith($"{page}: ", run.Out);
        Assert.EndsWith(" events, S2NeverLeads violated\n", run.Out.ReplaceLineEndings("\n"));
        Assert.Contains("<!DOCTYPE html>", File.ReadAllText(page));
    }

    [Fact]
    public void The_page_is_the_same_each_time_and_has_no_address_in_it()
    {
        string page = Page();
        Assert.Equal(page, Page());
        Assert.DoesNotContain("http://", page);
        Assert.DoesNotContain("https://", page);
        Assert.DoesNotContain("src=", page);
        Assert.DoesNotContain("{{", page);
    }

    [Fact]
    public void Its_trace_tells_verdict_messages_and_events()
    {
        using JsonDocument trace = Trace(Page());
        JsonElement root = trace.RootElement;
        Assert.Equal(1, root.GetProperty("format").GetInt32());
        Assert.Equal(3, root.GetProperty("servers").GetInt32());
        JsonElement verdict = root.GetProperty("verdict");
        Assert.Equal("reproduced", verdict.GetProperty("status").GetString());
        Assert.Equal("S2NeverLeads", verdict.GetProperty("property").GetString());
        Assert.Equal("S2 leads\nand should not", verdict.GetProperty("message").GetString());
        JsonElement[] events = [.. root.GetProperty("events").EnumerateArray()];
        JsonElement[] messages = [.. root.GetProperty("messages").EnumerateArray()];
        Assert.Contains(events, e => e.GetProperty("text").GetString() == "S2 becomes leader in term 1");
        foreach (JsonElement message in messages)
        {
            foreach (JsonElement arrival in message.GetProperty("arrivals").EnumerateArray())
            {
                JsonElement received = events[arrival.GetProperty("event").GetInt32()];
                JsonElement sent = events[message.GetProperty("sent").GetInt32()];
                Assert.Equal("MessageReceived", received.GetProperty("kind").GetString());
                Assert.Equal("MessageSent", sent.GetProperty("kind").GetString());
                Assert.Equal((message.GetProperty("to").GetInt32(), message.GetProperty("from").GetInt32()), (received.GetProperty("s").GetInt32(), sent.GetProperty("s").GetInt32()));
                Assert.Equal(sent.GetProperty("m").GetInt32(), received.GetProperty("m").GetInt32());
            }
        }
    }

    [Fact]
    public void What_a_schedule_says_cannot_end_the_script_it_stands_in()
    {
        Change("\"message\":\"", "\"message\":\"</script><script>alert(1)</script>\\u2028<!--");
        Change("S2NeverLeads", "X</title><b>");
        CommandRun run = CommandRun.Of("show", _schedule);
        string page = File.ReadAllText(Path.ChangeExtension(_schedule, ".html"));
        Assert.Equal(3, run.Exit);
        Assert.DoesNotContain("alert(1)</script>", page);
        Assert.DoesNotContain("</title><b>", page);
        Assert.DoesNotContain("\u2028", page);
        using JsonDocument trace = Trace(page);
        Assert.Contains("</script>", trace.RootElement.GetProperty("schedule").GetProperty("message").GetString());
    }

    [Fact]
    public void A_schedule_that_diverged_is_shown_up_to_there_and_ends_with_3()
    {
        string[] lines = File.ReadAllLines(_schedule);
        int changed = Array.FindIndex(lines, 40, line => line.Contains("\"step\"", StringComparison.Ordinal));
        lines[changed] = lines[changed].Replace("\"what\":\"", "\"what\":\"something else than ", StringComparison.Ordinal);
        File.WriteAllLines(_schedule, lines);
        CommandRun run = CommandRun.Of("show", _schedule);
        Assert.Equal(3, run.Exit);
        Assert.StartsWith($"raft: the schedule diverged: decision {changed}: ", run.Error);
        using JsonDocument trace = Trace(File.ReadAllText(Path.ChangeExtension(_schedule, ".html")));
        Assert.Equal("diverged", trace.RootElement.GetProperty("verdict").GetProperty("status").GetString());
        Assert.Contains($"decision {changed}", trace.RootElement.GetProperty("verdict").GetProperty("difference").GetString());
        Assert.Equal(-1, trace.RootElement.GetProperty("verdict").GetProperty("event").GetInt32());
        Assert.All(trace.RootElement.GetProperty("events").EnumerateArray(), e => Assert.InRange(e.GetProperty("n").GetInt32(), 0, changed - 1));
    }

    [Fact]
    public void Another_violation_than_the_schedule_says_is_shown_and_ends_with_3()
    {
        Change("S2NeverLeads", "ElectionSafety");
        CommandRun run = CommandRun.Of("show", _schedule);
        Assert.Equal(3, run.Exit);
        Assert.Contains("the schedule was recorded for a violation of ElectionSafety; this build violates S2NeverLeads", run.Error);
        using JsonDocument trace = Trace(File.ReadAllText(Path.ChangeExtension(_schedule, ".html")));
        Assert.Equal("different", trace.RootElement.GetProperty("verdict").GetProperty("status").GetString());
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_bad_input()
    {
        AssertBadInput(CommandRun.Of("show", _schedule, "-o", _folder.FullName), "cannot be written");
        AssertBadInput(CommandRun.Of("show", _schedule, "-o", Path.Combine(_schedule, "page.html")), "cannot be written");
        AssertBadInput(CommandRun.Of("show", _schedule, "-o", _schedule), "is the schedule itself");
        AssertBadInput(CommandRun.Of("show", _schedule, "-o", ""), "--output is empty");
    }

    private string Page()
    {
        string page = _folder.File("page.html");
        Assert.Equal(0, CommandRun.Of("show", _schedule, "-o", page).Exit);
        return File.ReadAllText(page);
    }

    private void Change(string old, string by)
    {
        string[] lines = File.ReadAllLines(_schedule);
        lines[0] = lines[0].Replace(old, by, StringComparison.Ordinal);
        File.WriteAllLines(_schedule, lines);
    }

    private static JsonDocument Trace(string page)
    {
        const string Begin = "id=\"trace\">";
        int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return JsonDocument.Parse(page[from..page.IndexOf("</script>", from, StringComparison.Ordinal)]);
    }

    private static void AssertBadInput(CommandRun run, string expected)
    {
        Assert.Equal((1, ""), (run.Exit, run.Out));
        Assert.Contains(expected, run.Error);
    }
}
