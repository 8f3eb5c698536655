using Spectre.Console;
using Spectre.Console.Rendering;

namespace Raft.Verified.Cli.Output;

/// <summary>Does long work and shows how far it is: a table that lives on a terminal, a line now and then elsewhere.</summary>
internal static class LiveProgress
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LineTime = TimeSpan.FromSeconds(10);

    /// <summary>Does the work to its end.</summary>
    /// <param name="work">The work; done on another thread.</param>
    /// <param name="stream">Where progress is shown.</param>
    /// <param name="frame">What a terminal shows now; with true, what stays there at the end.</param>
    /// <param name="line">What is written elsewhere now.</param>
    /// <param name="writeEnd">Writes what stays elsewhere at the end.</param>
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

    /// <summary>The table of a frame, without rows.</summary>
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

    /// <summary>A table with how far the work is below it.</summary>
    public static IRenderable WithState(Table table, string state) => new Rows(table, new Markup($"[grey]{Markup.Escape(state)}; Ctrl-C ends it with a report[/]"));
}
