using System.Text;

namespace Raft.Verified.Testing.Text;

/// <summary>
/// The layout of text in lines of a limited width. Lines break between words only: a word that is longer than a line
/// stays whole on a line of its own. Escape codes for styles take no room.
/// </summary>
internal static class TextWrap
{
    private const char Escape = '\e';

    /// <summary>Returns the number of characters that a text takes on a terminal.</summary>
    /// <param name="text">The text, which may contain escape codes for styles.</param>
    public static int Length(string text)
    {
        if (!text.Contains(Escape, StringComparison.Ordinal))
        {
            return text.Length;
        }

        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape)
            {
                i = Math.Max(i, text.IndexOf('m', i));
            }
            else
            {
                length++;
            }
        }

        return length;
    }

    /// <summary>Returns the length of the longest word of a text.</summary>
    /// <param name="text">The text without escape codes.</param>
    public static int LongestWord(string text) => text.Split(' ').Max(word => word.Length);

    /// <summary>Returns the lines of a text. A text that fits keeps its blanks.</summary>
    /// <param name="text">The text, which begins with its indentation.</param>
    /// <param name="width">The number of characters per line; at least 1.</param>
    /// <param name="hang">The indentation of the lines after the first.</param>
    public static IEnumerable<string> Lines(string text, int width, int hang) => Lines(text, width, hang, Pieces(text), "");

    /// <summary>Writes a text in lines of a limited width.</summary>
    /// <param name="writer">The destination of the lines.</param>
    /// <param name="text">The text without line ends; it may contain escape codes.</param>
    /// <param name="width">The number of characters per line; null for one line of any length.</param>
    /// <param name="hang">
    /// The indentation of the lines after the first; null for two more than that of the first line.
    /// </param>
    public static void Write(TextWriter writer, string text, int? width, int? hang = null)
    {
        if (width is not { } limit)
        {
            writer.WriteLine(text);
            return;
        }

        int indentation = text.Length - text.TrimStart(' ').Length;
        foreach (string line in Lines(text, limit, Math.Min(hang ?? indentation + 2, limit / 2)))
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>
    /// Returns the lines of a shell command, which a backslash continues. Words in quotation marks stay whole.
    /// </summary>
    /// <param name="text">The command, which may follow a label.</param>
    /// <param name="width">The number of characters per line; at least 1.</param>
    /// <param name="hang">The indentation of the lines after the first.</param>
    public static IEnumerable<string> CommandLines(string text, int width, int hang) => Lines(text, width, hang, QuotedPieces(text), " \\");

    private static IEnumerable<string> Lines(string text, int width, int hang, IEnumerable<(string Gap, string Word)> pieces, string continued)
    {
        if (Length(text) <= width)
        {
            yield return text;
            yield break;
        }

        StringBuilder line = new();
        int length = 0;
        bool isEmpty = true;
        foreach ((string gap, string word) in pieces)
        {
            string before = gap;
            if (!isEmpty && length + gap.Length + Length(word) + continued.Length > width)
            {
                yield return line.Append(continued).ToString();

                // A long word gets the room of the indentation, too.
                int indentation = Math.Clamp(width - Length(word) - continued.Length, 0, hang);
                line.Clear().Append(' ', indentation);
                (length, before) = (indentation, "");
            }

            line.Append(before).Append(word);
            length += before.Length + Length(word);
            isEmpty = false;
        }

        yield return line.ToString();
    }

    private static IEnumerable<(string Gap, string Word)> Pieces(string text) => Pieces(text, _ => false);

    private static IEnumerable<(string Gap, string Word)> QuotedPieces(string text)
    {
        bool isQuoted = false;
        return Pieces(text, character =>
        {
            isQuoted ^= character == '\'';
            return isQuoted;
        });
    }

    // Each word with the blanks before it.
    private static IEnumerable<(string Gap, string Word)> Pieces(string text, Func<char, bool> isInside)
    {
        int gap = 0;
        int word = -1;
        for (int i = 0; i < text.Length; i++)
        {
            bool isBlank = !isInside(text[i]) && text[i] == ' ';
            if (!isBlank && word < 0)
            {
                word = i;
            }
            else if (isBlank && word >= 0)
            {
                yield return (text[gap..word], text[word..i]);
                (gap, word) = (i, -1);
            }
        }

        if (word >= 0)
        {
            yield return (text[gap..word], text[word..]);
        }
    }
}
