using System.Diagnostics;
using Xunit;

namespace Raft.Verified.Tests.Packages;

/// <summary>The first minutes of a newcomer: install the template, make a project, run its tests.</summary>
[Collection(PackedFeed.Name)]
public sealed class TemplateTests(PackedFeed feed)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_new_project_finds_shrinks_and_shows_its_seeded_bug_within_a_minute()
    {
        string folder = feed.NewFolder("newcomer");
        string hive = Path.Combine(folder, "hive");
        await DotNet.RunAsync(folder, "new", "install", Path.Combine(feed.Packages, $"Raft.Verified.Templates.{feed.Version}.nupkg"), "--debug:custom-hive", hive);
        await DotNet.RunAsync(folder, "new", "raft-statemachine", "-n", "Shop", "--debug:custom-hive", hive);
        string shop = Path.Combine(folder, "Shop");
        Assert.Contains("namespace Shop", await File.ReadAllTextAsync(Path.Combine(shop, "ShopMachine.cs")));
        await DotNet.RunAsync(shop, "restore");

        long start = Stopwatch.GetTimestamp();
        string output = await DotNet.RunAsync(shop, "test", "--no-restore");
        TimeSpan taken = Stopwatch.GetElapsedTime(start);

        Assert.Matches(@"Passed!\s+- Failed:\s+0, Passed:\s+[2-9], Skipped:\s+0", output);
        string schedule = Assert.Single(Directory.GetFiles(shop, "*.min.schedule", SearchOption.AllDirectories));
        string page = Assert.Single(Directory.GetFiles(shop, "*.html", SearchOption.AllDirectories));
        Assert.Contains("Determinism", (await File.ReadAllLinesAsync(schedule))[0] + await File.ReadAllTextAsync(page));
        Assert.True(taken < Limit, $"the tests took {taken}; expected less than {Limit}");
    }
}
