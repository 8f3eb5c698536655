using Raft.Verified.ModelChecking;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>The exhaustive search as a program: threads, limits, checkpoints, and its command.</summary>
public sealed class ModelCheckerTests
{
    private static readonly ModelBounds Crashes = ModelLibrary.Find("crashes")!;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_number_of_threads_does_not_matter(int workers)
    {
        ModelReport report = new ModelChecker(Crashes, SearchOptions.Raw with { Workers = workers }).Run();

        Assert.True(report.IsComplete);
        Assert.Equal((25892, 230410, 26), (report.States, report.Steps, report.Depth));
        Assert.Equal(0, report.Queue);
    }

    [Fact]
    public void What_does_not_go_into_memory_lies_on_disk()
    {
        using TemporaryFolder folder = new();

        ModelReport report = new ModelChecker(Crashes, SearchOptions.Raw with { FrontierMemory = 0, Folder = folder.FullName }).Run();

        Assert.True(report.IsComplete);
        Assert.Equal((25892, 230410, 26), (report.States, report.Steps, report.Depth));
        Assert.True(report.FileBytes >= 25892 * 12);
        Assert.Empty(Directory.EnumerateFiles(folder.FullName));
    }

    [Theory]
    [InlineData("--max-states", "1000", "ended after 1000 states")]
    [InlineData("--max-depth", "5", "ended after depth 5")]
    [InlineData("--memory", "1", "ended after 1 MiB")]
    [InlineData("--seconds", "0.001", "ended after 0.001 seconds")]
    public void A_limit_says_what_was_reached(string option, string value, string expected)
    {
        CommandRun run = CommandRun.Of(["check", "everything", option, value]);

        Assert.Equal(0, run.Exit);
        Assert.Contains($"no violation so far; {expected}", run.Out, StringComparison.Ordinal);
        Assert.Contains("states in the queue", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_check_that_was_stopped_goes_on_where_it_was(bool reduced)
    {
        using TemporaryFolder folder = new();
        ModelBounds bounds = ModelLibrary.Find("hunt-disk")! with { Name = "stopped", MaxCrashes = 0, Candidates = 2 };
        SearchOptions options = (reduced ? SearchOptions.Reduced : SearchOptions.Raw) with { Checkpoint = folder.FullName };
        ModelReport whole = new ModelChecker(bounds, options with { Checkpoint = null, MaxStates = 40_000 }).Run();

        ModelReport report = new ModelChecker(bounds, options with { MaxStates = 300 }).Run();
        int parts = 1;
        for (; !report.IsComplete && parts < 8; parts++)
        {
            Assert.NotNull(report.Limit);
            report = new ModelChecker(bounds, options with { Resumes = true, MaxStates = Math.Min(report.States * 4, 40_000) }).Run();
        }

        Assert.True(parts > 2);
        Assert.Equal(whole.IsComplete, report.IsComplete);
        if (whole.IsComplete)
        {
            Assert.Equal((whole.States, whole.Steps, whole.Depth), (report.States, report.Steps, report.Depth));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_check_ends_before_its_fingerprints_take_more_memory_than_they_may(int workers)
    {
        const long Most = 10L << 20;
        ModelReport report = new ModelChecker(ModelLibrary.Find("elections3")!, SearchOptions.Raw with { MaxMemory = Most, Workers = workers }).Run();
        Assert.Equal("10 MiB", report.Limit);
        Assert.False(report.IsComplete);
        Assert.InRange(report.TableBytes, Most / 2, Most);
        Assert.InRange(report.States, Most / 2 / 16, Most / 12);
    }

    [Fact]
    public void A_checkpoint_is_of_one_model_and_one_build()
    {
        using TemporaryFolder folder = new();
        CommandRun.Of(["check", "crashes", "--max-states", "1000", "--checkpoint", folder.FullName]);

        CommandRun other = CommandRun.Of(["check", "elections", "--checkpoint", folder.FullName, "--resume"]);

        Assert.Equal(1, other.Exit);
        Assert.Contains("saved by {\"Name\":\"crashes\"", other.Error, StringComparison.Ordinal);
        Assert.Contains("expected {\"Name\":\"elections\"", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_one_line()
    {
        using TemporaryFolder folder = new();
        CommandRun.Of(["check", "crashes", "--max-states", "1000", "--checkpoint", folder.FullName]);
        string file = Directory.EnumerateFiles(folder.FullName).Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..2000]);

        CommandRun run = CommandRun.Of(["check", "crashes", "--checkpoint", folder.FullName, "--resume"]);

        Assert.Equal(1, run.Exit);
        Assert.StartsWith($"raft: {file}:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_of_ones_own_make_a_model()
    {
        CommandRun run = CommandRun.Of(["check", "--servers", "2", "--terms", "2", "--crashes", "1", "--async-disk", "--empty-entry", "false", "--in-flight", "2"]);

        Assert.Equal(0, run.Exit);
        Assert.StartsWith("own: 4,694 states, 27,566 steps", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--servers is '9'; expected a whole number from 1 to 7", "--servers", "9")]
    [InlineData("Candidates is 3; expected 0 to 2", "--servers", "2", "--candidates", "3")]
    [InlineData("no model matches 'haunt-*'", "haunt-*")]
    [InlineData("--reduce has 'symmetri'; did you mean 'symmetry'?; expected some of symmetry, closure, dead-replies, or all, or none", "--reduce", "symmetri")]
    [InlineData("--resume is given with --checkpoint ''; expected the folder of a saved check", "crashes", "--resume")]
    [InlineData("--checkpoint is given with 2 models; expected a single model", "crashes", "reads", "--checkpoint", "x")]
    [InlineData("--folder is 'nowhere'; expected a folder that exists", "--folder", "nowhere")]
    public void Bad_options_are_one_line(string expected, params string[] options)
    {
        CommandRun run = CommandRun.Of(["check", .. options]);

        Assert.Equal(1, run.Exit);
        Assert.Equal($"raft: {expected}", run.Error.TrimEnd());
    }

    [Fact]
    public void Progress_is_possible_from_every_state_of_the_small_models()
    {
        foreach (ModelBounds model in ModelLibrary.Small)
        {
            ModelReport report = new ModelChecker(model) { AsksForProgress = true }.Run();

            Assert.True(report.IsComplete, $"{model.Name}: {report.Violation?.Message}");
        }
    }

    [Fact]
    public async Task A_core_that_cannot_go_on_is_found_by_what_is_no_longer_possible()
    {
        using TemporaryFolder folder = new();

        CommandRun run = await RaftProcess.RunAsync(RaftProcess.WriteLauncher(folder), ["check", "hunt-tear", "--reduce", "all", "--progress", "--mutant", "A104"]);

        Assert.Equal(2, run.Exit);
        Assert.Contains("VIOLATION of EveryServerCaughtUp", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_for_machines_has_a_case_for_each_model()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.FullName, "models.xml");

        CommandRun run = CommandRun.Of(["check", "elections", "crashes", "--junit", file, "--json"]);

        Assert.Equal(0, run.Exit);
        Assert.Contains("\"states\":25892", run.Out.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<testcase classname=\"Raft.Verified.Models\" name=\"crashes\"", File.ReadAllText(file), StringComparison.Ordinal);
    }
}
