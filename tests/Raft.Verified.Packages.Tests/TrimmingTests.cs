using Xunit;

namespace Raft.Verified.Tests.Packages;

/// <summary>The smallest program on the packages, published as a single trimmed program and run.</summary>
[Collection(PackedFeed.Name)]
public sealed class TrimmingTests(PackedFeed feed)
{
    [Fact]
    public async Task The_counter_is_published_without_a_warning_and_runs()
    {
        string counter = feed.CopySample("Counter", "published");
        string output = Path.Combine(counter, "published");
        (int status, string log) = await PublishAsync(counter, output, "-p:PublishAot=true");
        if (status != 0 && IsWithoutNativeCompiler(log))
        {
            // Without a linker or the compiler's package, the same analysis is made, and the unused code removed.
            (status, log) = await PublishAsync(counter, output, "-p:PublishTrimmed=true", "-p:TrimMode=full");
        }

        Assert.True(status == 0, log);
        Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);
        (int ended, string said) = await DotNet.StartAsync(Path.Combine(output, OperatingSystem.IsWindows() ? "Counter.exe" : "Counter"), counter);
        Assert.True(ended == 0, said);
        Assert.Contains("the counter is 10", said);
    }

    private static bool IsWithoutNativeCompiler(string log) =>
        log.Contains("Platform linker", StringComparison.Ordinal) || log.Contains("ILCompiler", StringComparison.Ordinal);

    private Task<(int Status, string Output)> PublishAsync(string folder, string output, params string[] how) => DotNet.TryAsync(
        folder, ["publish", "-c", "Release", "--use-current-runtime", "-o", output, $"-p:RaftVerifiedVersion={feed.Version}", "-p:TrimmerSingleWarn=false", .. how]);
}
