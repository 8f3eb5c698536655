using Raft.Verified.Testing;
using Xunit;

namespace Raft.Verified.Tests.Testing;

/// <summary>The bounds of an exploration, with and without the environment variable.</summary>
public sealed class TestBoundsTests
{
    private static readonly RaftTestOptions Options = new() { Iterations = 7, Time = TimeSpan.FromSeconds(3) };

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_the_variable_the_options_count(string? seconds) => Assert.Same(Options, TestBounds.Of(Options, seconds));

    [Fact]
    public void The_variable_replaces_the_time_and_lifts_the_iterations() =>
        Assert.Equal(Options with { Iterations = null, Time = TimeSpan.FromMinutes(1.5) }, TestBounds.Of(Options, "90"));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("NaN")]
    [InlineData("ten")]
    [InlineData("99999999999")]
    public void Anything_but_a_number_of_seconds_is_refused(string seconds) => Assert.Throws<ArgumentException>(() => TestBounds.Of(Options, seconds));
}
