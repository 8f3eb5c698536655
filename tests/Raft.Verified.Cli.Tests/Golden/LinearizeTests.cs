using Raft.Verified.Tests.Cli;
using Xunit;
using static VerifyXunit.Verifier;

namespace Raft.Verified.Tests.Golden;

/// <summary>The verdicts of <c>raft linearize</c> on the project's own histories, recorded from right and from wrong runs of the simulated cluster.</summary>
public sealed class LinearizeTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Histories");

    [Fact]
    public async Task Of_a_register() => await Verify(Run("register", ".log", "--failed-cas", "mismatch"));

    [Fact]
    public async Task Of_a_key_value_store() => await Verify(Run("kv", ".txt"));

    [Fact]
    public async Task Of_a_versioned_store() => await Verify(Run("versioned", ".txt"));

    [Fact]
    public async Task As_json() => await Verify(Run("register", ".log", "--failed-cas", "mismatch", "--json"));

    private static string Run(string model, string extension, params string[] options)
    {
        string[] files = [.. new[] { "correct", "broken" }.Select(run => Path.Combine(Folder, $"{model}-{run}{extension}"))];
        CommandRun run = CommandRun.Of(["linearize", .. files, "--model", model, .. options]);
        Assert.Equal((2, ""), (run.Exit, run.Error));
        Assert.Equal(0, CommandRun.Of(["linearize", files[0], "--model", model, .. options]).Exit);
        return Scrubbed.Lines(run.Out).Replace(Folder + Path.DirectorySeparatorChar, "FOLDER/", StringComparison.Ordinal);
    }
}
