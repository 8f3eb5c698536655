using Raft.Verified.Tests.Cli;
using Xunit;
using static VerifyXunit.Verifier;

namespace Raft.Verified.Tests.Golden;

/// <summary>The report of <c>raft test</c> on a sound scenario, one that violates a property, and one with a goal out of reach.</summary>
public sealed class TestReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task People_read_this() => await Verify(Report(Test().Out));

    [Fact]
    public async Task Json_says_this() => await Verify(Report(Test("--json").Out));

    [Fact]
    public async Task JUnit_gets_this()
    {
        string file = _folder.File("junit.xml");
        Test("--junit", file);
        await Verify(Report(File.ReadAllText(file)));
    }

    private CommandRun Test(params string[] args)
    {
        CommandRun run = CommandRun.Of(
        [
            "test", "sound-one", "broken", "sound-unreached", "--iterations", "100", "--seed", "3", "--workers", "1",
            "--out", _folder.FullName, .. args,
        ]);
        Assert.Equal(2, run.Exit);
        return run;
    }

    private string Report(string text) => Scrubbed.Report(text, _folder.FullName);
}
