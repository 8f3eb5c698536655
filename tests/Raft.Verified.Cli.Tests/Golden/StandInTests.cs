using Raft.Verified.Tests.Golden.StandIn;
using Xunit;
using Xunit.Sdk;

namespace Raft.Verified.Tests.Golden;

/// <summary>The stand-in for Verify, in a folder of its own. (These run also when the package takes its place.)</summary>
public sealed class StandInTests : IDisposable
{
    private const string Method = "It_works";

    private readonly TemporaryFolder _folder = new();

    private string Source => _folder.File("SomeTests.cs");

    private string Verified => _folder.File("SomeTests.It_works.verified.txt");

    private string Received => _folder.File("SomeTests.It_works.received.txt");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one\ntwo", "one\ntwo")]
    [InlineData("one\ntwo\n", "one\ntwo")]
    [InlineData("one\r\ntwo\r\n", "one\ntwo")]
    [InlineData("one\ntwo", "one\r\ntwo")]
    [InlineData("\uFEFFone", "one")]
    public void Equal_texts_pass_whatever_their_line_ends(string verified, string text)
    {
        File.WriteAllText(Verified, verified);
        Check(text);
        Assert.Equal(verified, Raw(Verified));
        Assert.Equal([Verified], Directory.GetFiles(_folder.FullName));
    }

    [Theory]
    [InlineData("one\ntwo", "one\nTwo")]
    [InlineData("one\n\n", "one")]
    [InlineData("one ", "one")]
    [InlineData("one", "one\n")]
    [InlineData("one", "")]
    public void A_different_text_fails_and_is_written_beside_the_verified_one(string verified, string text)
    {
        File.WriteAllText(Verified, verified);
        XunitException failure = Assert.Throws<XunitException>(() => Check(text));
        Assert.StartsWith(
            $"The text is not that of the verified file.\n  - verified: {Verified}\n  + received: {Received}\n", failure.Message);
        Assert.Equal(verified, Raw(Verified));
        Assert.Equal(text, Raw(Received));
    }

    [Fact]
    public void The_failure_shows_the_lines_that_differ()
    {
        File.WriteAllText(Verified, "1\n2\n3\n4\nfive\n6\n7\n8\n9");
        XunitException failure = Assert.Throws<XunitException>(() => Check("1\n2\n3\n4\nFIVE \n6\n7\n8\n9\n10"));
        Assert.Contains(
            """

              ...
                 3 3
                 4 4
            -    5 five
            +    5 FIVE·
                 6 6
                 7 7
                 8 8
                 9 9
            +   10 10

            If what was received is right, rename the received file to the verified one.
            """.ReplaceLineEndings("\n"),
            failure.Message);
    }

    [Fact]
    public void A_long_difference_is_cut()
    {
        string difference = LineDifference.Of(string.Join('\n', Enumerable.Range(0, 200)), "");
        Assert.EndsWith("\n-   60 59\n  ... and 140 lines more", difference);
    }

    [Fact]
    public void Without_a_verified_file_the_text_is_written_and_the_test_fails()
    {
        XunitException failure = Assert.Throws<XunitException>(() => Check("one\ntwo"));
        Assert.StartsWith("There is no verified file for this text yet.\n", failure.Message);
        Assert.Contains("\n+    1 one\n+    2 two\n", failure.Message);
        Assert.Equal([Received], Directory.GetFiles(_folder.FullName));
        Assert.Equal("one\ntwo", Raw(Received));
    }

    [Fact]
    public void What_was_received_is_never_accepted_by_failing_again()
    {
        Assert.Throws<XunitException>(() => Check("one"));
        Assert.Throws<XunitException>(() => Check("one"));
        Assert.False(File.Exists(Verified));
    }

    [Fact]
    public void A_renamed_received_file_is_accepted()
    {
        Assert.Throws<XunitException>(() => Check("one\ntwo"));
        File.Move(Received, Verified);
        Check("one\ntwo");
    }

    [Fact]
    public void Passing_removes_what_an_earlier_run_received()
    {
        File.WriteAllText(Verified, "one");
        Assert.Throws<XunitException>(() => Check("two"));
        Assert.True(File.Exists(Received));
        Check("one");
        Assert.Equal([Verified], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Sources_that_are_not_there_are_named()
    {
        string source = Path.Combine(_folder.FullName, "gone", "SomeTests.cs");
        Assert.Contains(source, Assert.Throws<XunitException>(() => GoldenFile.Beside(source, Method)).Message);
    }

    private void Check(string text) => GoldenFile.Beside(Source, Method).Check(text);

    // As it is on the disk, with a byte order mark if it has one.
    private static string Raw(string file) => System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(file));
}
