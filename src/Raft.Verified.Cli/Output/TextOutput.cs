namespace Raft.Verified.Cli.Output;

/// <summary>
/// Extensions that write text so that it can be read on a terminal of any width. Other destinations get the text as it
/// is, one line each, for <c>grep</c> and for files.
/// </summary>
internal static class TextOutput
{
    /// <summary>Writes a text. On a terminal, lines break between words.</summary>
    /// <param name="stream">The destination of the text.</param>
    /// <param name="text">The text without line ends; it may contain styles.</param>
    /// <param name="hang">
    /// The indentation of the lines after the first; null for two more than that of the first line.
    /// </param>
    public static void WriteText(this OutputStream stream, string text, int? hang = null) =>
        TextWrap.Write(stream.Writer, text, stream.LineWidth, hang);

    /// <summary>
    /// Writes a command to copy after its label. On a terminal, a backslash continues a long command in the next line,
    /// as a POSIX shell expects it.
    /// </summary>
    /// <param name="stream">The destination of the command.</param>
    /// <param name="label">The label with its indentation and the blanks after it.</param>
    /// <param name="command">The command line.</param>
    public static void WriteCommand(this OutputStream stream, string label, string command)
    {
        if (stream.LineWidth is not { } width || OperatingSystem.IsWindows())
        {
            stream.Writer.WriteLine(label + command);
            return;
        }

        foreach (string line in TextWrap.CommandLines(label + command, width, Math.Min(label.Length + 2, width / 2)))
        {
            stream.Writer.WriteLine(line);
        }
    }
}
