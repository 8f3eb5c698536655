using System.Globalization;
using System.Text;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;
using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing.Log;

/// <summary>
/// A log of a run with one event after the other. An event begins with the number of the decision that caused it and
/// the virtual time in seconds. The log has one column per server with events and one for all other events, and the
/// borders of the columns show the roles of the servers. Without columns, the name of the server precedes the text.
/// <para>
/// Which columns there are depends on all lines, so the log is written by <see cref="Finish"/>. Only a very long log is
/// written as it grows, and then has columns for all servers.
/// </para>
/// </summary>
public sealed class ReadableLog : IRaftObserver, IDecisionLog
{
    private const int NameWidth = 5;

    // The width of the legend where lines may have any length.
    private const int LegendWidth = 120;

    private readonly TextWriter _writer;
    private readonly LogFormat _format;
    private readonly int _servers;
    private readonly List<LogLine> _lines = [];

    // These monitors check no properties. Only their view of the cluster is used.
    private readonly Monitors _watch;
    private LogColumns? _layout;
    private bool _hasHeading;
    private bool _isBegun;
    private int _decisions;
    private int _step;
    private int _shownStep = -1;
    private string _borders = "";
    private TimeSpan _now;

    /// <summary>Creates a log that writes to a writer.</summary>
    /// <param name="writer">The destination of the lines.</param>
    /// <param name="servers">The number of servers; at least 1.</param>
    /// <param name="format">The format of the log; null for the default topics in columns.</param>
    public ReadableLog(TextWriter writer, int servers, LogFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        _writer = writer;
        _servers = servers;
        _format = format ?? new LogFormat();
        _watch = new Monitors(servers, model: null, properties: []);
    }

    /// <summary>The number of lines up to which the log waits for its end, so that it knows which servers have any.</summary>
    internal int MaxLines { get; init; } = 50_000;

    /// <summary>The number of events that were shown so far.</summary>
    internal int Shown { get; private set; }

    /// <summary>The number of lines above the events, which are written with the first of them.</summary>
    internal int HeadingLines { get; private set; }

    /// <summary>Replays a schedule exactly and writes the log of the run, between its origin and the verdict.</summary>
    /// <param name="writer">The destination of the lines.</param>
    /// <param name="scenario">The scenario of the schedule.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="format">The format of the log; null for the default topics in columns.</param>
    /// <returns>
    /// The outcome of the replay. When the build no longer matches the schedule, the log ends at the divergence.
    /// </returns>
    public static ReplayOutcome Write(TextWriter writer, Scenario scenario, Schedule schedule, LogFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(schedule);
        ReadableLog log = new(writer, scenario.Cluster.Servers, format);
        log.WriteOrigin(schedule);
        log.WriteHeading();
        using StepWatchdog watchdog = new(StepWatchdog.DefaultLimit);
        try
        {
            ReplayOutcome outcome = Replayer.Replay(scenario.ObservedBy(log), schedule, log, watchdog);
            log.WriteVerdict(outcome);
            return outcome;
        }
        finally
        {
            log.Finish();
        }
    }

    /// <summary>Writes the origin of a schedule, one line per fact, and an empty line.</summary>
    /// <param name="schedule">The schedule.</param>
    public void WriteOrigin(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ScheduleHeader header = schedule.Header;
        (string Name, string? Value)[] lines =
        [
            ("scenario", header.Scenario),
            ("strategy", header.Strategy),
            ("clock", header.Timed ? "timed" : "untimed"),
            ("seed", $"{header.Seed}, {Format.Numbered("schedule", header.Iteration)}"),
            ("property", header.HasViolation ? header.Property : "none was violated"),
            ("mutant", header.Mutant),
            ("decisions", Format.Number(schedule.Decisions.Count)),
        ];
        foreach ((string name, string? value) in lines)
        {
            if (value is not null)
            {
                WriteText($"{Painted(name.PadRight(9), Paint.Grey)}  {Format.OneLine(value)}", hang: 11);
            }
        }

        _writer.WriteLine();
    }

    /// <summary>
    /// Asks for a legend and the headings of the columns. They are written above the first events, because they depend on
    /// what the log shows.
    /// </summary>
    public void WriteHeading() => _hasHeading = true;

    /// <summary>Writes the rest of the log, an empty line, and the violation or the divergence at which the run ended.</summary>
    /// <param name="outcome">The outcome of the run.</param>
    public void WriteVerdict(ReplayOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Finish();
        _writer.WriteLine();
        if (outcome.Divergence is { } divergence)
        {
            WriteText($"diverged: {Format.OneLine(divergence)}");
        }
        else if (outcome.Property is not { } property)
        {
            _writer.WriteLine("violated: nothing");
        }
        else
        {
            WriteText($"violated: {Painted(property, Paint.Red)}");
            foreach (string line in Format.Lines(outcome.Message ?? ""))
            {
                WriteText($"  {line}");
            }
        }
    }

    /// <inheritdoc />
    public void OnEvent(in RaftEvent raftEvent)
    {
        _watch.OnEvent(in raftEvent);
        if (_format.Topics.HasFlag(LogTopics.Of(raftEvent.Kind)) && _format.Filter.Shows(_step, in raftEvent))
        {
            (string text, Paint paint) = EventText.Of(in raftEvent, _watch.View);
            Add(raftEvent.Server, text, paint);
        }
    }

    /// <inheritdoc />
    public void TimeIs(TimeSpan now) => _now = now;

    /// <inheritdoc />
    public void Choosing(int choice, int enabled, string label)
    {
        _decisions++;
        _step = _decisions;
        if (_format.Topics.HasFlag(LogTopic.Timer) && TimerLabel.Parse(label) is { } fired && _format.Filter.Shows(_step, fired.Server))
        {
            Add(fired.Server, fired.Timer, Paint.Yellow);
        }
    }

    /// <inheritdoc />
    public void Ran(ulong fingerprint)
    {
    }

    /// <inheritdoc />
    public void Drew(int value, int bound, string what, ulong fingerprint) => _decisions++;

    /// <summary>Writes the lines that are not written yet. Must be called at the end, also of a run that failed.</summary>
    public void Finish()
    {
        if (!_isBegun)
        {
            Begin([]);
        }
    }

    private void Add(ServerId server, string text, Paint paint)
    {
        Shown++;
        LogLine line = new(_step == _shownStep ? null : _step, _now, server, Format.OneLine(text), paint, Borders());
        _shownStep = _step;
        if (!_isBegun && _format.Columns == false)
        {
            Begin([]);
        }

        if (_isBegun)
        {
            Write(in line);
            return;
        }

        _lines.Add(line);
        if (_lines.Count == MaxLines)
        {
            Begin([.. _watch.View.Servers.Select(view => view.Id)]);
        }
    }

    // Borders change rarely, so that most lines share one text.
    private string Borders()
    {
        string borders = string.Concat(_watch.View.Servers.Select(Border));
        return borders == _borders ? _borders : _borders = borders;
    }

    private void Begin(IReadOnlyList<ServerId> open)
    {
        _isBegun = true;
        _layout = _format.Columns == false ? null : LogColumns.Of(_lines, open, _format.Width, _format.Columns == true);
        if (_hasHeading)
        {
            WriteLegend();
            WriteHeadings();
        }

        foreach (LogLine line in _lines)
        {
            Write(in line);
        }

        _lines.Clear();
    }

    private void WriteLegend()
    {
        foreach (string line in LogLegend.Lines(_format.Width ?? LegendWidth))
        {
            _writer.WriteLine(Painted(line, Paint.Grey));
            HeadingLines++;
        }

        Note(_format.Filter.ToString());
        Note(_layout is { } layout ? LogLegend.LeftOut(_servers, layout.Servers) : "");
    }

    private void Note(string sentence)
    {
        if (sentence.Length > 0)
        {
            WriteText(Painted(sentence, Paint.Grey), hang: 0);
            HeadingLines++;
        }
    }

    private void WriteText(string text, int? hang = null) => TextWrap.Write(_writer, text, _format.Width, hang);

    private void WriteHeadings()
    {
        HeadingLines++;
        if (_layout is not { } layout)
        {
            _writer.WriteLine(Painted($"{Front("step", "time", hasTime: true)} where", Paint.Bold));
            return;
        }

        IEnumerable<string> names = layout.Servers.Select(server => $"{server}");
        string[] headings = layout.Last is null ? [.. names] : [.. names, LogColumns.LastHeading];
        WriteCells(layout, Front("step", "time", layout.HasTime), new string(' ', _servers), headings, Paint.Bold, Paint.Bold);
    }

    private void Write(in LogLine line)
    {
        string step = line.Step?.ToString(CultureInfo.InvariantCulture) ?? "";
        string time = line.Step is null ? "" : line.Time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);
        if (_layout is not { } layout)
        {
            WriteNamed(in line, Front(step, time, hasTime: true));
            return;
        }

        string[] cells = new string[layout.Servers.Count + (layout.Last is null ? 0 : 1)];
        Array.Fill(cells, "");
        for (int i = 0; i < cells.Length; i++)
        {
            if (i < layout.Servers.Count ? layout.Servers[i] == line.Server : line.Server.IsNone)
            {
                cells[i] = line.Text;
            }
        }

        WriteCells(layout, Front(step, time, layout.HasTime), line.Borders, cells, Paint.Grey, line.Paint);
    }

    private void WriteNamed(in LogLine line, string front)
    {
        char border = line.Server.IsNone ? ' ' : line.Borders[line.Server.Value - 1];
        string before = $"{Painted(front, Paint.Grey)} {(line.Server.IsNone ? "" : $"{line.Server}").PadRight(NameWidth)}{Painted(border)} ";
        string text = before + Painted(line.Text, line.Paint);
        if (_format.Columns == false)
        {
            _writer.WriteLine(text.TrimEnd());
        }
        else
        {
            WriteText(text.TrimEnd(), TextWrap.Length(before));
        }
    }

    // A text that is longer than its column continues in the next lines.
    private void WriteCells(LogColumns layout, string front, string borders, string[] cells, Paint frontPaint, Paint paint)
    {
        string[][] texts = [.. cells.Select((cell, i) => TextWrap.Lines(cell, WidthOf(layout, i), hang: cell.StartsWith('-') || cell.StartsWith('<') ? 2 : 0).ToArray())];
        int lines = texts.Max(text => (int?)text.Length) ?? 0;
        for (int row = 0; row < Math.Max(1, lines); row++)
        {
            StringBuilder line = new();
            line.Append(Painted(row == 0 ? front : new string(' ', front.Length), frontPaint)).Append(' ');
            for (int i = 0; i < cells.Length; i++)
            {
                line.Append(i < layout.Servers.Count ? Painted(borders[layout.Servers[i].Value - 1]) : " ").Append(' ');
                string text = row < texts[i].Length ? texts[i][row] : "";
                line.Append(Painted(text, paint));
                if (i + 1 < cells.Length)
                {
                    line.Append(' ', Math.Max(0, WidthOf(layout, i) - text.Length) + 1);
                }
            }

            _writer.WriteLine(line.ToString().TrimEnd());
        }
    }

    private static int WidthOf(LogColumns layout, int column) => column < layout.Servers.Count ? layout.Widths[column] : layout.Last!.Value;

    private static string Front(string step, string time, bool hasTime) =>
        step.PadLeft(LogColumns.NumberWidth) + (hasTime ? time.PadLeft(LogColumns.TimeWidth) : "");

    private string Painted(string text, Paint paint) => Painting.Painted(text, paint, _format.HasColor);

    private string Painted(char border) => Painted($"{border}", border switch { '#' => Paint.Green, '?' => Paint.Yellow, '|' => Paint.Grey, _ => Paint.None });

    private static string Border(ServerView server) => server switch
    {
        { IsRunning: false } => " ",
        { Role: Role.Leader } => "#",
        { Role: Role.Candidate } => "?",
        _ => "|",
    };
}
