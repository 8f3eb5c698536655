using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.Tables;
using Raft.Verified.Testing.Text;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>Lines that break between words, and tables that leave out columns before they break text.</summary>
public sealed class TextWrapTests
{
    [Theory]
    [InlineData("one two three", 40, "one two three")]
    [InlineData("one   two", 9, "one   two")]
    [InlineData("one two three", 7, "one two|  three")]
    [InlineData("  one two three", 9, "  one two|  three")]
    [InlineData("a 1,234,567 b", 10, "a| 1,234,567|  b")]
    [InlineData("longerthanaline and more", 8, "longerthanaline|  and|  more")]
    [InlineData("a longerthanaline", 8, "a|longerthanaline")]
    [InlineData("", 8, "")]
    public void Lines_break_between_words_only(string text, int width, string expected) =>
        Assert.Equal(expected.Split('|'), TextWrap.Lines(text, width, hang: 2));

    [Fact]
    public void Styles_take_no_room()
    {
        Assert.Equal(7, TextWrap.Length("\e[31mone two\e[0m"));
        Assert.Equal(["\e[31mone two\e[0m"], TextWrap.Lines("\e[31mone two\e[0m", 7, hang: 0));
        Assert.Equal(["\e[31mone", "two\e[0m"], TextWrap.Lines("\e[31mone two\e[0m", 6, hang: 0));
    }

    [Fact]
    public void A_table_drops_columns_by_rank_then_breaks_text_between_words()
    {
        TextTable table = new([new("name"), new("count", Rank: 2, IsNumber: true), new("kind", Rank: 1), new("purpose", Wrap: 10)]);
        table.Add(["first", "1,234", "plain", "to be the first of two"]);
        table.Add(["second", "5", "odd", "to be last"]);

        Assert.Equal(
            """
            name    count  kind   purpose
            first   1,234  plain  to be the first of two
            second      5  odd    to be last

            """,
            Text(table, null));
        Assert.Equal(
            """
            name    count  kind   purpose
            ─────────────────────────────────
            first   1,234  plain  to be the
                                  first of
                                  two
            second      5  odd    to be last

            """,
            Text(table, 33));
        Assert.Equal(
            """
            name    kind   purpose
            ───────────────────────────
            first   plain  to be the
                           first of two
            second  odd    to be last
            Left out at this width:
            count.

            """,
            Text(table, 27));
        Assert.Equal(
            """
            name    purpose
            ────────────────
            first   to be
                    the
                    first of
                    two
            second  to be
                    last
            Left out at this
            width: count,
            kind.

            """,
            Text(table, 16));
    }

    private static string Text(TextTable table, int? width)
    {
        using StringWriter text = new();
        table.Write(width is { } columns ? new OutputStream(text, IsTerminal: true, HasColor: false, columns, Height: 20) : OutputStream.Plain(text));
        return text.ToString().ReplaceLineEndings("\n");
    }
}
