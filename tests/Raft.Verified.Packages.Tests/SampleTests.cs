using Xunit;

namespace Raft.Verified.Tests.Packages;

/// <summary>The samples, built against the packages as a user would.</summary>
[Collection(PackedFeed.Name)]
public sealed class SampleTests(PackedFeed feed)
{
    private const int MostLines = 150;

    [Fact]
    public async Task The_counter_counts_on_three_servers()
    {
        string output = await DotNet.RunAsync(feed.CopySample("Counter", "run"), "run", "-c", "Release", $"-p:RaftVerifiedVersion={feed.Version}");

        Assert.Contains("the counter is 10", output);
    }

    [Fact]
    public async Task The_tests_of_the_bank_pass_and_find_the_seeded_bug()
    {
        string bank = feed.CopySample("Bank");
        string output = await DotNet.RunAsync(bank, "test", "-c", "Release", $"-p:RaftVerifiedVersion={feed.Version}");

        Assert.Matches(@"Passed!\s+- Failed:\s+0, Passed:\s+[2-9], Skipped:\s+0", output);
        Assert.Single(Directory.GetFiles(bank, "*.min.schedule", SearchOption.AllDirectories));
        Assert.Single(Directory.GetFiles(bank, "*.html", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_code_of_the_README_is_a_test_that_passes()
    {
        string folder = feed.CopySample("Bank", "readme");
        foreach (string file in Directory.GetFiles(folder, "*.cs"))
        {
            File.Delete(file);
        }

        string[] readme = Repository.Lines("README.md");
        await File.WriteAllLinesAsync(Path.Combine(folder, "Readme.cs"), readme.SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```"));

        string output = await DotNet.RunAsync(folder, "test", "-c", "Release", $"-p:RaftVerifiedVersion={feed.Version}");

        Assert.Matches(@"Passed!\s+- Failed:\s+0, Passed:\s+1, Skipped:\s+0", output);
    }

    [Fact]
    public void The_bank_stays_small()
    {
        int lines = Directory.GetFiles(Repository.File("src", "Samples", "Bank"), "*.cs").Sum(file => File.ReadAllLines(file).Length);

        Assert.InRange(lines, 1, MostLines);
    }
}
