using Raft.Verified.Cli.Output.Tables;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Raft.Verified.Cli.Output;

/// <summary>
/// A progress display for long work. A terminal shows a live table; other destinations get a line from time to time.
/// </summary>
internal static class LiveProgress
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LineTime = TimeSpan.FromSeconds(10);

    /// <summary>Runs the work to its end and shows the progress.</summary>
    /// <param name="work">The work, which runs on another thread.</param>
    /// <param name="stream">The destination of the display.</param>
    /// <param name="frame">
    /// The function that gives the content of a terminal; its argument is true for the final content. Null then to leave
    /// nothing, because a report follows.
    /// </param>
    /// <param name="line">The function that gives a line of progress for other destinations.</param>
    /// <param name="writeEnd">The function that writes the final output to other destinations.</param>
    public static async Task ShowAsync(Action work, OutputStream stream, Func<bool, IRenderable?> frame, Func<string> line, Action writeEnd)
    {
        Task running = Task.Run(work, CancellationToken.None);
        if (stream.IsTerminal)
        {
            LiveDisplay display = stream.Open().Live(frame(false)!).AutoClear(true);
            await display.StartAsync(async live =>
            {
                while (!running.IsCompleted)
                {
                    live.UpdateTarget(frame(false)!);
                    live.Refresh();
                    await Task.WhenAny(running, Task.Delay(FrameTime, CancellationToken.None));
                }

                if (frame(true) is { } last)
                {
                    display.AutoClear(false);
                    live.UpdateTarget(last);
                }
            });
        }
        else
        {
            while (await Task.WhenAny(running, Task.Delay(LineTime, CancellationToken.None)) != running)
            {
                stream.Writer.WriteLine(line());
                stream.Writer.Flush();
            }

            writeEnd();
        }

        await running;
    }

    /// <summary>Returns the content of a terminal: a table, and a line of progress below it if there is one.</summary>
    /// <param name="table">The table.</param>
    /// <param name="stream">The terminal.</param>
    /// <param name="state">The line of progress; null for the table alone.</param>
    public static IRenderable Frame(TextTable table, OutputStream stream, string? state)
    {
        IRenderable[] lines = [.. table.Lines(stream.Width).Select(Line)];
        return state is null ? new Rows(lines) : new Rows([.. lines, new Markup($"[grey]{Markup.Escape(state)}; Ctrl-C ends it with a report[/]")]);
    }

    /// <summary>
    /// Returns the first rows of a table that fit a terminal, together with some other lines. Rows may take more than
    /// one line.
    /// </summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="make">The function that makes the table with so many rows.</param>
    /// <param name="stream">The terminal.</param>
    /// <param name="others">The number of the other lines.</param>
    public static TextTable Fitting(int rows, Func<int, TextTable> make, OutputStream stream, int others)
    {
        int room = Math.Max(3, stream.Height - others);
        rows = Math.Min(rows, room);
        TextTable table = make(rows);
        for (; rows > 1 && table.Lines(stream.Width).Count > room; rows--)
        {
            table = make(rows - 1);
        }

        return table;
    }

    private static IRenderable Line(IReadOnlyList<TextCell> line)
    {
        Paragraph text = new();
        foreach (TextCell cell in line)
        {
            text.Append(cell.Text, StyleOf(cell.Paint));
        }

        return text.Overflow(Overflow.Crop);
    }

    private static Style StyleOf(Paint paint) => paint switch
    {
        Paint.Bold => new Style(decoration: Decoration.Bold),
        Paint.Red => new Style(Color.Red),
        Paint.Green => new Style(Color.Green),
        Paint.Yellow => new Style(Color.Yellow),
        Paint.Blue => new Style(Color.Blue),
        Paint.Grey => new Style(Color.Grey),
        _ => Style.Plain,
    };
}
