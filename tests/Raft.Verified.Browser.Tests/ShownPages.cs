using Raft.Verified.Simulation;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.Show;

/// <summary>The pages of the shown scenarios, as the command writes them.</summary>
internal static class ShownPages
{
    /// <summary>Explores one schedule of a scenario, and writes its page.</summary>
    /// <returns>The page's path.</returns>
    public static string Show(TemporaryFolder folder, Scenario scenario, string property, Action<string>? change = null, int exit = 0)
    {
        CommandRun test = Run("test", scenario.Name, "--iterations", "1", "--seed", "7", "--workers", "1", "--strategy", "random", "--out", folder.FullName);
        Assert.True(test.Exit == 2, test.Out + test.Error);
        Assert.Contains(property, test.Out);
        string schedule = Assert.Single(Directory.GetFiles(folder.FullName, $"{scenario.Name}-*.schedule"));
        change?.Invoke(schedule);
        CommandRun show = Run("show", schedule);
        Assert.True(show.Exit == exit, show.Out + show.Error);
        return Path.ChangeExtension(schedule, ".html");
    }

    private static CommandRun Run(params string[] args) => CommandRun.Of(ShownScenarios.All, CancellationToken.None, args);
}
