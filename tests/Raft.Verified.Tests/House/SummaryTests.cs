using Xunit;

namespace Raft.Verified.Tests.House;

/// <summary>XML summaries name their subject.</summary>
public sealed class SummaryTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("specs")]
    [InlineData("tests")]
    public void No_summary_begins_without_its_subject(string folder)
    {
        SourceFile[] files = [.. SourceTree.OfRepository.Files(folder)];

        Assert.NotEmpty(files);
        Violation.AssertNone(Summaries.Check(files));
    }

    [Theory]
    [InlineData("/// <summary>What it is.</summary>", 1)]
    [InlineData("    /// <summary>Whether the server leads.</summary>", 1)]
    [InlineData("/// <summary> Those that vote.</summary>", 1)]
    [InlineData("/// <summary>\n/// How long it waits.\n/// </summary>", 2)]
    [InlineData("/// <summary>\n///\n/// Whom it voted for.\n/// </summary>", 3)]
    [InlineData("/// <summary>The server.</summary>\npublic int A;\n/// <summary>Where it is.</summary>", 3)]
    public void A_summary_without_a_subject_is_named_with_its_line(string text, int line)
    {
        Violation violation = Assert.Single(Summaries.Check([new SourceFile("src/A/A.cs", text.Split('\n'))]));

        Assert.StartsWith($"src/A/A.cs:{line}: The summary begins with \"", violation.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/// <summary>The server that leads. What it does.</summary>")]
    [InlineData("/// <summary>\n/// The servers.\n/// Those that vote.\n/// </summary>")]
    [InlineData("/// <summary>Whatever was sent.</summary>")]
    [InlineData("/// <param name=\"server\">Whom.</param>")]
    [InlineData("// <summary>What it is.</summary>")]
    [InlineData("page.Append(\"<summary>What it is.</summary>\");")]
    public void Other_text_may_begin_as_it_likes(string text) => Assert.Empty(Summaries.Check([new SourceFile("src/A/A.cs", text.Split('\n'))]));
}
