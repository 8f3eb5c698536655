using Raft.Verified.Testing;
using Xunit;

namespace Bank;

public sealed class BankTests
{
    private static readonly RaftTestOptions Options = new()
    {
        Time = TimeSpan.FromSeconds(5),
        OutputFolder = Path.Combine(AppContext.BaseDirectory, "found"),
    };

    [Fact]
    public Task No_schedule_breaks_the_bank() => RaftTest.ExploreAsync(BankScenarios.Transfers, Options);

    [Fact]
    public async Task The_seeded_bug_is_found_shrunk_and_pictured()
    {
        RaftTestException found = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(BankScenarios.SeededBug, Options));

        // The message has the property, the last events, the files and the command to replay. Run the test to read it:
        // Console.WriteLine(found.Message);
        Assert.Contains("Determinism", found.Message);
    }
}
