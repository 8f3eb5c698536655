using Spectre.Console;

namespace Raft.Verified.Cli.Output;

/// <summary>Where text goes, and what may be done to it there.</summary>
/// <param name="Writer">The text's destination.</param>
/// <param name="IsTerminal">Whether a person sees it as it comes, and lines may be written over.</param>
/// <param name="HasColor">Whether it may be coloured.</param>
/// <param name="Width">How many characters fit on a line.</param>
/// <param name="Height">How many lines are seen at once.</param>
internal sealed record OutputStream(TextWriter Writer, bool IsTerminal, bool HasColor, int Width, int Height)
{
    private const int DefaultWidth = 120;

    private const int DefaultHeight = 40;

    /// <summary>The process's standard output.</summary>
    public static OutputStream StandardOutput() => OfConsole(Console.Out, Console.IsOutputRedirected);

    /// <summary>The process's standard error.</summary>
    public static OutputStream StandardError() => OfConsole(Console.Error, Console.IsErrorRedirected);

    /// <summary>A destination that is no terminal.</summary>
    public static OutputStream Plain(TextWriter writer) => new(writer, IsTerminal: false, HasColor: false, DefaultWidth, DefaultHeight);

    /// <summary>The same destination for tables and live displays.</summary>
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

    /// <summary>Whether a destination is written to with escape codes: colours, bold, lines that are written over.</summary>
    /// <param name="redirected">Whether it is no terminal.</param>
    /// <param name="terminal">The kind of terminal, as the variable <c>TERM</c> has it.</param>
    /// <param name="noColor">The variable <c>NO_COLOR</c>: anything but nothing asks for plain text (no-color.org), which a live display cannot be.</param>
    internal static bool HasEscapeCodes(bool redirected, string? terminal, string? noColor) =>
        !redirected && terminal != "dumb" && string.IsNullOrEmpty(noColor);

    private static OutputStream OfConsole(TextWriter writer, bool redirected)
    {
        bool terminal = HasEscapeCodes(redirected, Environment.GetEnvironmentVariable("TERM"), Environment.GetEnvironmentVariable("NO_COLOR"));
        (int width, int height) = terminal ? (Console.WindowWidth, Console.WindowHeight) : (DefaultWidth, DefaultHeight);
        return new OutputStream(writer, terminal, terminal, width, height);
    }
}
