using System.Text;

namespace Raft.Verified.Cli.Output.Tables;

/// <summary>
/// A table of text that fits a terminal. Columns are left out before text is cut, and text is never cut: it breaks
/// between words. Other destinations get every column, and one line per row.
/// </summary>
/// <param name="columns">The columns, in order.</param>
internal sealed class TextTable(IReadOnlyList<TextColumn> columns)
{
    private const int Gap = 2;

    private readonly List<TextCell[]> _rows = [];

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="cells">The cells, one per column.</param>
    public void Add(IEnumerable<TextCell> cells) => _rows.Add([.. cells]);

    /// <summary>Adds a row of one style.</summary>
    /// <param name="cells">The texts of the cells, one per column.</param>
    /// <param name="paint">The style of the row.</param>
    public void Add(IEnumerable<string> cells, Paint paint = Paint.None) => Add(cells.Select(cell => new TextCell(cell, paint)));

    /// <summary>Writes the table, and on a terminal a note about the columns that were left out.</summary>
    /// <param name="stream">The destination of the table.</param>
    public void Write(OutputStream stream)
    {
        IReadOnlyList<IReadOnlyList<TextCell>> lines = Lines(stream.LineWidth, out string leftOut);
        foreach (IReadOnlyList<TextCell> line in lines)
        {
            stream.Writer.WriteLine(string.Concat(line.Select(cell => stream.Painted(cell.Text, cell.Paint))));
        }

        if (leftOut.Length > 0)
        {
            stream.WriteText(stream.Painted(leftOut, Paint.Grey), hang: 0);
        }
    }

    /// <summary>Returns the lines of the table, each in pieces of one style.</summary>
    /// <param name="width">The number of characters per line; null for any number.</param>
    public IReadOnlyList<IReadOnlyList<TextCell>> Lines(int? width) => Lines(width, out _);

    private List<IReadOnlyList<TextCell>> Lines(int? width, out string leftOut)
    {
        int[] shown = [.. Enumerable.Range(0, columns.Count)];
        if (width is { } available)
        {
            while (shown.Sum(Needed) + (Gap * (shown.Length - 1)) > available && shown.Max(i => columns[i].Rank) is > 0 and var rank)
            {
                shown = [.. shown.Where(i => columns[i].Rank < rank)];
            }
        }

        leftOut = shown.Length == columns.Count ? ""
            : $"Left out at this width: {string.Join(", ", Enumerable.Range(0, columns.Count).Except(shown).Select(i => columns[i].Heading))}.";
        int[] widths = Widths(shown, width);
        List<IReadOnlyList<TextCell>> lines = [.. Row([.. columns.Select(column => new TextCell(column.Heading, Paint.Bold))], shown, widths)];
        if (width is not null)
        {
            lines.Add([new TextCell(new string('─', widths.Sum() + (Gap * (widths.Length - 1))), Paint.Grey)]);
        }

        lines.AddRange(_rows.SelectMany(row => Row(row, shown, widths)));
        return lines;
    }

    // The room beyond what is needed goes to the columns that lack most.
    private int[] Widths(int[] shown, int? width)
    {
        if (width is null)
        {
            return [.. shown.Select(Natural)];
        }

        int[] widths = [.. shown.Select(Needed)];
        int left = width.Value - widths.Sum() - (Gap * (shown.Length - 1));
        for (; left < 0; left++)
        {
            // Only when the columns that always stay are too wide: down to the longest word.
            int widest = Enumerable.Range(0, shown.Length).MaxBy(i => columns[shown[i]].Wrap == 0 ? 0 : widths[i] - Longest(shown[i]));
            if (columns[shown[widest]].Wrap == 0 || widths[widest] <= Longest(shown[widest]))
            {
                break;
            }

            widths[widest]--;
        }

        for (; left > 0; left--)
        {
            int most = Enumerable.Range(0, shown.Length).MaxBy(i => Natural(shown[i]) - widths[i]);
            if (widths[most] >= Natural(shown[most]))
            {
                break;
            }

            widths[most]++;
        }

        return widths;
    }

    private int Natural(int column) => _rows.Aggregate(columns[column].Heading.Length, (width, row) => Math.Max(width, row[column].Text.Length));

    private int Longest(int column) => _rows.Aggregate(TextWrap.LongestWord(columns[column].Heading), (width, row) => Math.Max(width, TextWrap.LongestWord(row[column].Text)));

    private int Needed(int column) => columns[column].Wrap == 0
        ? Natural(column)
        : Math.Min(Natural(column), Math.Max(Longest(column), columns[column].Wrap));

    private IEnumerable<IReadOnlyList<TextCell>> Row(TextCell[] row, int[] shown, int[] widths)
    {
        string[][] texts = [.. shown.Select((column, i) => TextWrap.Lines(row[column].Text, widths[i], hang: 0).ToArray())];
        int lines = texts.Max(text => text.Length);
        for (int n = 0; n < lines; n++)
        {
            List<TextCell> line = [];
            StringBuilder blanks = new();
            for (int i = 0; i < shown.Length; i++)
            {
                string text = n < texts[i].Length ? texts[i][n] : "";
                int free = Math.Max(0, widths[i] - text.Length);
                blanks.Append(' ', columns[shown[i]].IsNumber ? free : 0);
                if (text.Length > 0)
                {
                    line.Add(new TextCell(blanks.ToString()));
                    line.Add(row[shown[i]] with { Text = text });
                    blanks.Clear();
                }

                blanks.Append(' ', (columns[shown[i]].IsNumber ? 0 : free) + Gap);
            }

            yield return line;
        }
    }
}
