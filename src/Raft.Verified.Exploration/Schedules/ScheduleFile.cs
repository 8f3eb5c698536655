using System.Globalization;
using System.Text;
using System.Text.Json;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Schedules;

/// <summary>
/// The schedule files in JSON Lines. The first line is the header. Then follow one line per decision and an end line
/// with the number of decisions, which reveals a truncated file.
/// </summary>
public static class ScheduleFile
{
    /// <summary>The version of the format that this build writes and reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>
    /// Writes a schedule completely or, on failure, not at all. Several writers of one file do not disturb each other.
    /// A rooted path in <see cref="ScheduleHeader.Assembly"/> is written relative to the folder of the file, so that
    /// both can be moved together.
    /// </summary>
    /// <param name="path">The path of the file, whose folder is created if necessary.</param>
    /// <param name="schedule">The schedule.</param>
    public static void Write(string path, Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        if (schedule.Header.Assembly is { } assembly && Path.IsPathRooted(assembly))
        {
            string relative = Path.GetRelativePath(directory, assembly).Replace(Path.DirectorySeparatorChar, '/');
            schedule = schedule with { Header = schedule.Header with { Assembly = relative } };
        }

        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, Format(schedule));
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Returns the content of the file.</summary>
    public static string Format(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        StringBuilder text = new();
        ScheduleHeader header = schedule.Header;
        AppendLine(text, json =>
        {
            json.WriteNumber("format", FormatVersion);
            json.WriteString("scenario", header.Scenario);
            json.WriteString("strategy", header.Strategy);
            json.WriteString("clock", header.Timed ? "timed" : "untimed");
            json.WriteNumber("seed", header.Seed);
            json.WriteNumber("iteration", header.Iteration);
            json.WriteNumber("unfairSteps", header.UnfairSteps);
            json.WriteString("build", header.Build);
            if (header.Assembly is { } assembly)
            {
                json.WriteString("assembly", assembly);
            }

            if (header.Mutant is { } mutant)
            {
                json.WriteString("mutant", mutant);
            }

            if (header.MutantFolder is { } folder)
            {
                json.WriteString("mutantFrom", folder);
            }

            json.WriteString("property", header.Property);
            json.WriteString("message", header.Message);
            if (header.DrawsFaultMix is { } drawsFaultMix)
            {
                json.WriteBoolean("drawsFaultMix", drawsFaultMix);
            }

            if (header.ShrunkFrom is { } shrunkFrom)
            {
                json.WriteNumber("shrunkFrom", shrunkFrom);
            }
        });
        foreach (Decision decision in schedule.Decisions)
        {
            AppendLine(text, json =>
            {
                json.WriteNumber(decision.IsStep ? "step" : "draw", decision.Value);
                json.WriteNumber("of", decision.Of);
                json.WriteString("what", decision.Label);
                json.WriteString("state", Hex(decision.Fingerprint));
            });
        }

        AppendLine(text, json =>
        {
            json.WriteNumber("decisions", schedule.Decisions.Count);
            if (schedule.Tail is { } tail)
            {
                json.WriteNumber("thenFairly", tail.Decisions);
                json.WriteString("state", Hex(tail.Fingerprint));
            }
        });
        return text.ToString();
    }

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="ScheduleFormatException">The file is missing, malformed, truncated, or of another version of the format.</exception>
    public static Schedule Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ScheduleFormatException($"{path}: cannot be read: {exception.Message}");
        }

        return Parse(path, lines);
    }

    /// <summary>Reads a schedule from its lines.</summary>
    /// <param name="path">The name of the file to use in messages.</param>
    /// <param name="lines">The lines of the file.</param>
    public static Schedule Parse(string path, IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count == 0)
        {
            throw new ScheduleFormatException($"{path}: the file is empty; expected a schedule's header in line 1");
        }

        ScheduleHeader header = ParseLine(path, 1, lines[0], ParseHeader);
        List<Decision> decisions = [];
        for (int i = 1; i < lines.Count - 1; i++)
        {
            decisions.Add(ParseLine(path, i + 1, lines[i], ParseDecision));
        }

        (int stated, FairTail? tail) = ParseLine(path, lines.Count, lines[^1], line =>
            line.TryGetProperty("decisions", out JsonElement count)
                ? (count.GetInt32(), ParseTail(line))
                : throw new ScheduleFormatException("the file is truncated; expected the end line with the number of decisions"));
        return stated == decisions.Count
            ? new Schedule(header, decisions) { Tail = tail }
            : throw new ScheduleFormatException($"{path}, line {lines.Count}: the end line states {stated} decisions; the file has {decisions.Count}");
    }

    private static T ParseLine<T>(string path, int number, string line, Func<JsonElement, T> parse)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? parse(document.RootElement)
                : throw new ScheduleFormatException($"found {document.RootElement.ValueKind}; expected a JSON object");
        }
        catch (JsonException)
        {
            throw new ScheduleFormatException($"{path}, line {number}: not a JSON object; expected {(number == 1 ? "a schedule's header" : "a decision")}");
        }
        catch (Exception exception) when (exception is ScheduleFormatException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new ScheduleFormatException($"{path}, line {number}: {exception.Message}");
        }
    }

    private static ScheduleHeader ParseHeader(JsonElement line)
    {
        int format = Get(line, "format").GetInt32();
        if (format != FormatVersion)
        {
            throw new ScheduleFormatException($"the schedule has format version {format}; this build reads version {FormatVersion}");
        }

        string clock = Text(line, "clock");
        return new ScheduleHeader(
            Text(line, "scenario"),
            Text(line, "strategy"),
            clock is "timed" or "untimed" ? clock == "timed" : throw new ScheduleFormatException($"\"clock\" is '{clock}'; expected 'timed' or 'untimed'"),
            Get(line, "seed").GetUInt64(),
            Get(line, "iteration").GetInt64(),
            Get(line, "unfairSteps").GetInt32() is > 0 and <= ScheduleBounds.MaxUnfairSteps and var steps
                ? steps
                : throw new ScheduleFormatException($"\"unfairSteps\" is out of bounds; expected 1 to {ScheduleBounds.MaxUnfairSteps}"),
            Text(line, "build"),
            Text(line, "property"),
            Text(line, "message"))
        {
            Assembly = line.TryGetProperty("assembly", out _) ? Text(line, "assembly") : null,
            Mutant = line.TryGetProperty("mutant", out _) ? Text(line, "mutant") : null,
            MutantFolder = line.TryGetProperty("mutantFrom", out _) ? Text(line, "mutantFrom") : null,
            DrawsFaultMix = line.TryGetProperty("drawsFaultMix", out JsonElement draws) ? draws.GetBoolean() : null,
            ShrunkFrom = line.TryGetProperty("shrunkFrom", out JsonElement from) ? from.GetInt32() : null,
        };
    }

    private static Decision ParseDecision(JsonElement line)
    {
        bool isStep = line.TryGetProperty("step", out JsonElement value);
        if (!isStep && !line.TryGetProperty("draw", out value))
        {
            throw new ScheduleFormatException("found neither \"step\" nor \"draw\"; expected a decision");
        }

        int chosen = value.GetInt32();
        int of = Get(line, "of").GetInt32();
        if (chosen < 0 || chosen >= of)
        {
            throw new ScheduleFormatException($"decision {chosen} of {of} possibilities; expected 0 to {of - 1}");
        }

        return new Decision(isStep, chosen, of, Text(line, "what"), State(line));
    }

    private static FairTail? ParseTail(JsonElement line) =>
        !line.TryGetProperty("thenFairly", out JsonElement length) ? null
        : length.GetInt32() is > 0 and var decisions ? new FairTail(decisions, State(line))
        : throw new ScheduleFormatException($"\"thenFairly\" is {length.GetInt32()}; expected at least 1 decision");

    private static ulong State(JsonElement line)
    {
        string state = Text(line, "state");
        return ulong.TryParse(state, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong fingerprint)
            ? fingerprint
            : throw new ScheduleFormatException($"\"state\" is '{state}'; expected 16 hexadecimal digits");
    }

    private static JsonElement Get(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) ? value : throw new ScheduleFormatException($"\"{name}\" is missing");

    private static string Text(JsonElement line, string name) =>
        Get(line, name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw new ScheduleFormatException($"\"{name}\" is not a text");

    private static string Hex(ulong value) => value.ToString("x16", CultureInfo.InvariantCulture);

    private static void AppendLine(StringBuilder text, Action<Utf8JsonWriter> write)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        text.Append(Encoding.UTF8.GetString(buffer.ToArray())).Append('\n');
    }
}
