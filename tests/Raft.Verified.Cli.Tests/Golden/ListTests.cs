using Raft.Verified.Scenarios;
using Raft.Verified.Tests.Cli;
using Xunit;
using static VerifyXunit.Verifier;

namespace Raft.Verified.Tests.Golden;

/// <summary>The library as <c>raft list</c> shows it.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task The_library_is_listed_like_this() =>
        await Verify(Scrubbed.Lines(CommandRun.Of(ScenarioLibrary.All, CancellationToken.None, "list").Out));
}
