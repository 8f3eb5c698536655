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
/// A log that prints a run as it happens, with one line per event. A line begins with the number of the decision that
/// caused the event and the virtual time in seconds. The log has one column per server and one for all other events,
/// and the borders of the columns show the roles of the servers. Without columns, the name of the server precedes a
/// text of any length.
/// </summary>
public sealed class ReadableLog : IRaftObserver, IDecisionLog
{
    private const int NumberWidth = 7;

    private const int TimeWidth = 9;

    private const int FrontWidth = NumberWidth + TimeWidth;

    private const int NameWidth = 5;

    private const int FixedWidth = 30;

    private const int MinWidth = 12;

    private const int MaxWidth = 40;

    private readonly TextWriter _writer;
    private readonly LogFormat _format;
    private readonly int _width;
    private readonly int _lastWidth;

    // These monitors check no properties. Only their view of the cluster is used.
    private readonly Monitors _watch;
    private int _decisions;
    private int _step;
    private int _shownStep;
    private TimeSpan _now;

    /// <summary>Creates a log that writes to a writer.</summary>
    /// <param name="writer">The destination of the lines.</param>
    /// <param name="servers">The number of servers; at least 1.</param>
    /// <param name="format">The format of the log; null for the default topics in columns.</param>
    public ReadableLog(TextWriter writer, int servers, LogFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        format ??= new LogFormat();
        _writer = writer;
        _format = format;
        _watch = new Monitors(servers, model: null, properties: []);
        _width = format.Width is { } line ? Math.Clamp((line - FrontWidth) / (servers + 1), MinWidth, MaxWidth) : FixedWidth;
        _lastWidth = format.Width is { } whole ? Math.Max(MinWidth, whole - FrontWidth - (servers * _width)) : FixedWidth;
    }

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
        ReplayOutcome outcome = Replayer.Replay(scenario.ObservedBy(log), schedule, log, watchdog);
        log.WriteVerdict(outcome);
        return outcome;
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
            ("seed", $"{header.Seed}, schedule {header.Iteration}"),
            ("property", header.Property),
            ("mutant", header.Mutant),
            ("decisions", Format.Number(schedule.Decisions.Count)),
        ];
        foreach ((string name, string? value) in lines)
        {
            if (value is not null)
            {
                _writer.WriteLine($"{Painted(name.PadRight(9), Paint.Grey)}  {Format.OneLine(value)}");
            }
        }

        _writer.WriteLine();
    }

    /// <summary>Writes a legend and the headings of the columns.</summary>
    public void WriteHeading()
    {
        const string Legend = "# leader  ? candidate  | follower  blank: down;  i/t: entry i of term t  s: snapshot through  c: commit index";
        _writer.WriteLine(Painted(Legend, Paint.Grey));
        StringBuilder line = new();
        AppendFront(line, "step", "time", Paint.None);
        if (!_format.HasColumns)
        {
            _writer.WriteLine(Painted(line.Append("where").ToString(), Paint.Bold));
            return;
        }

        foreach (ServerView server in _watch.View.Servers)
        {
            line.Append("  ").Append($"{server.Id}".PadRight(_width - 2));
        }

        line.Append("  ").Append(Cut("clients and network", _lastWidth - 2));
        _writer.WriteLine(Painted(line.ToString(), Paint.Bold));
    }

    /// <summary>Writes an empty line, and the violation or the divergence at which the run ended.</summary>
    /// <param name="outcome">The outcome of the run.</param>
    public void WriteVerdict(ReplayOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        _writer.WriteLine();
        if (outcome.Divergence is { } divergence)
        {
            _writer.WriteLine($"diverged: {Format.OneLine(divergence)}");
        }

        if (outcome.Property is not { } property)
        {
            return;
        }

        _writer.WriteLine($"violated: {Painted(property, Paint.Red)}");
        foreach (string line in Format.Lines(outcome.Message ?? ""))
        {
            _writer.WriteLine($"  {line}");
        }
    }

    /// <inheritdoc />
    public void OnEvent(in RaftEvent raftEvent)
    {
        _watch.OnEvent(in raftEvent);
        if (_format.Topics.HasFlag(LogTopics.Of(raftEvent.Kind)))
        {
            (string text, Paint paint) = EventText.Of(in raftEvent, _watch.View);
            WriteLine(raftEvent.Server, text, paint);
        }
    }

    /// <inheritdoc />
    public void TimeIs(TimeSpan now) => _now = now;

    /// <inheritdoc />
    public void Choosing(int choice, int enabled, string label)
    {
        _decisions++;
        _step = _decisions;
        if (_format.Topics.HasFlag(LogTopic.Timer) && TimerLabel.Parse(label) is { } fired)
        {
            WriteLine(fired.Server, fired.Timer, Paint.Yellow);
        }
    }

    /// <inheritdoc />
    public void Ran(ulong fingerprint)
    {
    }

    /// <inheritdoc />
    public void Drew(int value, int bound, string what, ulong fingerprint) => _decisions++;

    private string Painted(string text, Paint paint) => Painting.Painted(text, paint, _format.HasColor);

    private void WriteLine(ServerId where, string text, Paint paint)
    {
        StringBuilder line = new();
        bool isNew = _step != _shownStep;
        _shownStep = _step;
        AppendFront(
            line,
            isNew ? _step.ToString(CultureInfo.InvariantCulture) : "",
            isNew ? _now.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture) : "",
            Paint.Grey);
        if (_format.HasColumns)
        {
            AppendColumns(line, where, text, paint);
        }
        else
        {
            (string border, Paint borderPaint) = where.IsNone ? (" ", Paint.None) : Border(_watch.View[where]);
            line.Append((where.IsNone ? "" : $"{where}").PadRight(NameWidth)).Append(Painted(border, borderPaint)).Append(' ');
            line.Append(Painted(Format.OneLine(text), paint));
        }

        _writer.WriteLine(line.ToString().TrimEnd());
    }

    private void AppendFront(StringBuilder line, string number, string time, Paint paint) =>
        line.Append(Painted(number.PadLeft(NumberWidth - 1), paint)).Append(Painted(time.PadLeft(TimeWidth), paint)).Append(' ');

    private void AppendColumns(StringBuilder line, ServerId where, string text, Paint paint)
    {
        foreach (ServerView server in _watch.View.Servers)
        {
            (string border, Paint borderPaint) = Border(server);
            line.Append(Painted(border, borderPaint)).Append(' ');
            AppendCell(line, server.Id == where ? text : "", paint, _width - 2, pad: true);
        }

        line.Append("  ");
        AppendCell(line, where.IsNone ? text : "", paint, _lastWidth - 2, pad: false);
    }

    private void AppendCell(StringBuilder line, string text, Paint paint, int width, bool pad)
    {
        int room = pad ? width - 1 : width;
        string shown = Cut(Format.OneLine(text), room);
        line.Append(Painted(shown, paint));
        if (pad)
        {
            line.Append(' ', width - shown.Length);
        }
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : $"{text.AsSpan(0, width - 1)}~";

    private static (string Text, Paint Paint) Border(ServerView server) => server switch
    {
        { IsRunning: false } => (" ", Paint.None),
        { Role: Role.Leader } => ("#", Paint.Green),
        { Role: Role.Candidate } => ("?", Paint.Yellow),
        _ => ("|", Paint.Grey),
    };
}
