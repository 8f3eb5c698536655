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
    /// The function that gives the content of a terminal; its argument is true for the final content.
    /// </param>
    /// <param name="line">The function that gives a line of progress for other destinations.</param>
    /// <param name="writeEnd">The function that writes the final output to other destinations.</param>
    public static async Task ShowAsync(Action work, OutputStream stream, Func<bool, IRenderable> frame, Func<string> line, Action writeEnd)
    {
        Task running = Task.Run(work, CancellationToken.None);
        if (stream.IsTerminal)
        {
            await stream.Open().Live(frame(false)).StartAsync(async live =>
            {
                while (!running.IsCompleted)
                {
                    live.UpdateTarget(frame(false));
                    live.Refresh();
                    await Task.WhenAny(running, Task.Delay(FrameTime, CancellationToken.None));
                }

                live.UpdateTarget(frame(true));
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

    /// <summary>Creates the table of a frame, without rows.</summary>
    /// <param name="columns">The headings; numbers are aligned to the right.</param>
    public static Table NewTable(IEnumerable<(string Heading, bool IsNumber)> columns)
    {
        Table table = new() { Border = TableBorder.Horizontal, BorderStyle = new Style(Color.Grey) };
        foreach ((string heading, bool isNumber) in columns)
        {
            TableColumn column = new TableColumn($"[bold]{heading}[/]").NoWrap();
            table.AddColumn(isNumber ? column.RightAligned() : column);
        }

        return table;
    }

    /// <summary>Returns a table with a line of progress below it.</summary>
    /// <param name="table">The table of the frame.</param>
    /// <param name="state">The line of progress.</param>
    public static IRenderable WithState(Table table, string state) => new Rows(table, new Markup($"[grey]{Markup.Escape(state)}; Ctrl-C ends it with a report[/]"));
}
