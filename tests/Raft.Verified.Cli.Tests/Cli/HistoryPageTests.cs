using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>The picture of a history that is not linearizable.</summary>
public sealed class HistoryPageTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Histories");

    [Fact]
    public void The_page_shows_the_operations_the_order_and_what_cannot_come_next()
    {
        using TemporaryFolder folder = new();
        string page = folder.File("page.html");

        CommandRun run = CommandRun.Of(["linearize", Path.Combine(Folder, "kv-broken.txt"), "--model", "kv", "--html", page]);

        Assert.Equal(2, run.Exit);
        Assert.Equal($"picture: {page}", run.Error.Trim());
        string html = File.ReadAllText(page);
        Assert.Contains("class=\"status\">Not linearizable", html, StringComparison.Ordinal);
        Assert.Contains("class=\"bar placed\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"bar next\"", html, StringComparison.Ordinal);
        Assert.Contains("here the answer would be", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_long_history_the_end_of_the_order_is_drawn_and_what_is_left_out_is_said()
    {
        using TemporaryFolder folder = new();
        string page = folder.File("page.html");
        string history = folder.File("long.edn");
        File.WriteAllLines(history,
        [
            .. Enumerable.Range(0, 3000).SelectMany(i => new[]
            {
                $"{{:process {i % 3}, :type :invoke, :f :write, :value {i}}}", $"{{:process {i % 3}, :type :ok, :f :write, :value {i}}}",
            }),
            "{:process 1, :type :invoke, :f :read, :value nil}", "{:process 1, :type :ok, :f :read, :value \"<b>\"}",
        ]);

        Assert.Equal(2, CommandRun.Of(["linearize", history, "--html", page]).Exit);

        string html = File.ReadAllText(page);
        Assert.Contains("The picture shows 400 operations around the end of the order. It leaves out 2,601 before and 0 after them.", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>&quot;", html, StringComparison.Ordinal);
        Assert.InRange(html.Length, 10_000, 500_000);
    }

    [Fact]
    public void Of_a_linearizable_history_there_is_no_page()
    {
        using TemporaryFolder folder = new();
        string page = folder.File("page.html");

        CommandRun run = CommandRun.Of(["linearize", Path.Combine(Folder, "kv-correct.txt"), "--model", "kv", "--html", page]);

        Assert.Equal(0, run.Exit);
        Assert.Contains("picture: none", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(page));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    public void Memory_that_makes_no_sense_is_refused(string megabytes)
    {
        CommandRun run = CommandRun.Of(["linearize", Path.Combine(Folder, "kv-correct.txt"), "--memory", megabytes]);

        Assert.Equal((1, $"raft: --memory is {megabytes}; expected megabytes from 1 to 1,000,000"), (run.Exit, run.Error.Trim()));
    }
}
