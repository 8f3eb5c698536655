using Spectre.Console;

namespace Raft.Verified.Cli.Output;

/// <summary>A destination for text, with its capabilities.</summary>
/// <param name="Writer">The writer for the text.</param>
/// <param name="IsTerminal">True for a terminal, which shows text at once and allows lines to be overwritten.</param>
/// <param name="HasColor">True when text may be coloured.</param>
/// <param name="Width">The number of characters per line.</param>
/// <param name="Height">The number of visible lines.</param>
internal sealed record OutputStream(TextWriter Writer, bool IsTerminal, bool HasColor, int Width, int Height)
{
    private const int DefaultWidth = 120;

    private const int DefaultTerminalWidth = 80;

    private const int DefaultHeight = 40;

    /// <summary>The number of characters per line of a terminal; null for other destinations, which take lines of any length.</summary>
    public int? LineWidth => IsTerminal ? Width : null;

    /// <summary>Returns the standard output of the process.</summary>
    public static OutputStream StandardOutput() => OfConsole(Console.Out, Console.IsOutputRedirected);

    /// <summary>Returns the standard error of the process.</summary>
    public static OutputStream StandardError() => OfConsole(Console.Error, Console.IsErrorRedirected);

    /// <summary>Returns a destination that is not a terminal.</summary>
    /// <param name="writer">The writer for the text.</param>
    public static OutputStream Plain(TextWriter writer) => new(writer, IsTerminal: false, HasColor: false, DefaultWidth, DefaultHeight);

    /// <summary>Returns a console for tables and live displays on this destination.</summary>
    public IAnsiConsole Open()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Writer),
            Ansi = IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = Width;
        console.Profile.Height = Height;
        return console;
    }

    /// <summary>Returns true when escape codes may be used: for colours, bold text and live displays.</summary>
    /// <param name="redirected">True when the destination is not a terminal.</param>
    /// <param name="terminal">The value of the variable <c>TERM</c>; null when it is not set.</param>
    /// <param name="noColor">
    /// The value of the variable <c>NO_COLOR</c>; any text but an empty one asks for plain text (no-color.org). It also
    /// excludes live displays.
    /// </param>
    internal static bool HasEscapeCodes(bool redirected, string? terminal, string? noColor) =>
        !redirected && terminal != "dumb" && string.IsNullOrEmpty(noColor);

    private static OutputStream OfConsole(TextWriter writer, bool redirected)
    {
        bool terminal = HasEscapeCodes(redirected, Environment.GetEnvironmentVariable("TERM"), Environment.GetEnvironmentVariable("NO_COLOR"));
        (int width, int height) = terminal ? (Console.WindowWidth, Console.WindowHeight) : (DefaultWidth, DefaultHeight);

        // A terminal that does not know its size reports 0.
        return new OutputStream(writer, terminal, terminal, width > 0 ? width : DefaultTerminalWidth, height > 0 ? height : DefaultHeight);
    }
}
