using Xunit;

namespace Raft.Verified.Tests.House;

/// <summary>Files of <c>src</c> and <c>specs</c> are short.</summary>
public sealed class FileLengthTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("specs")]
    public void A_file_has_at_most_400_lines(string folder)
    {
        SourceFile[] files = [.. SourceTree.OfRepository.Files(folder)];

        Assert.NotEmpty(files);
        Violation.AssertNone(FileLength.Check(files));
    }

    [Fact]
    public void An_excepted_file_is_still_longer()
    {
        SourceFile[] files = [.. SourceTree.OfRepository.Files("src", "specs")];

        Assert.All(FileLength.Excepted, path => Assert.True(FileLength.IsTooLong(Assert.Single(files, file => file.Path == path))));
    }

    [Theory]
    [InlineData(400, null)]
    [InlineData(401, "src/Long.cs:401: The file has 401 lines; at most 400 are allowed. Split it by responsibility.")]
    public void The_first_line_too_many_is_named(int lines, string? violation)
    {
        SourceFile file = new("src/Long.cs", [.. Enumerable.Repeat("", lines)]);

        Assert.Equal(violation, FileLength.Check([file]).SingleOrDefault()?.ToString());
    }
}
