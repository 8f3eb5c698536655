using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Testing;
using Xunit;

namespace Raft.Verified.Tests.Testing;

/// <summary>
/// Tests that depend on the whole process: machines that do not return, and the environment. They run alone.
/// </summary>
[Collection(nameof(HangTests))]
[CollectionDefinition(nameof(HangTests), DisableParallelization = true)]
public sealed class HangTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private volatile bool _isOver;

    public void Dispose()
    {
        _isOver = true;
        _folder.Dispose();
    }

    [Fact]
    public async Task A_machine_whose_step_does_not_return_is_a_violation_with_all_files()
    {
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(
            TestScenarios.Executing(() => new SpinningMachine(() => _isOver)),
            new RaftTestOptions { StepTimeout = TimeSpan.FromSeconds(0.5), OutputFolder = _folder.FullName, RegressionFolder = "" }));

        Assert.Equal(RuntimeFindings.StepDoesNotReturn, failure.Property);
        Assert.Contains("has not returned within 0.5 s", failure.Message);
        Assert.Contains("\nshrunk:   not shrunk, because every run would leave a thread behind that does not end; ", failure.Message);
        Assert.DoesNotContain("\nrepeated: no", failure.Message);
        Assert.Contains("commit 1", failure.Message);
        Assert.All([failure.Schedule, failure.Log, failure.Page], file => Assert.True(File.Exists(file)));
    }

    [Fact]
    public async Task The_environment_sets_the_time_of_explorations()
    {
        Environment.SetEnvironmentVariable(RaftTestOptions.SecondsVariable, "0.2");
        try
        {
            RaftTestReport report = await RaftTest.ExploreAsync(
                TestScenarios.Sound, new RaftTestOptions { Iterations = 1, Workers = 1, RegressionFolder = "" });
            Assert.InRange(report.Schedules, 2, long.MaxValue);
            Environment.SetEnvironmentVariable(RaftTestOptions.SecondsVariable, "soon");
            ArgumentException wrong = await Assert.ThrowsAsync<ArgumentException>(() => RaftTest.ExploreAsync(TestScenarios.Sound));
            Assert.Equal("The environment variable RAFT_TEST_SECONDS is 'soon'; expected a number of seconds greater than 0, at most 31622400.", wrong.Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable(RaftTestOptions.SecondsVariable, null);
        }
    }
}
