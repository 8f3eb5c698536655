using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Raft.Verified.Cli.Commands;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Simulation;

namespace Raft.Verified.Cli.Output;

/// <summary>What <c>--json</c> prints: one object, made for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report of a test run. Scenarios that an interrupted run did not come to are left out.</summary>
    public static string Of(TestRun run) => Write(run.Options.Scenarios, json =>
    {
        json.WriteStartArray("runs");
        foreach (ScenarioExploration scenario in run.Scenarios)
        {
            if (scenario.Report is { } report)
            {
                WriteRun(json, report, scenario.ScheduleFile);
            }
        }

        json.WriteEndArray();
    });

    /// <summary>The list of scenarios.</summary>
    public static string Of(IReadOnlyList<Scenario> scenarios) => Write(scenarios, json =>
    {
        json.WriteStartArray("scenarios");
        foreach (Scenario scenario in scenarios)
        {
            json.WriteStartObject();
            json.WriteString("name", scenario.Name);
            json.WriteNumber("servers", scenario.Cluster.Servers);
            WriteArray(json, "clocks", ScenarioText.Clocks(scenario));
            json.WriteString("faults", scenario.Faults);
            json.WriteString("looksFor", scenario.LooksFor);
            WriteArray(json, "goals", scenario.Goals.Select(goal => goal.Name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteRun(Utf8JsonWriter json, ExplorationReport report, string? schedule)
    {
        json.WriteStartObject();
        json.WriteString("scenario", report.Scenario);
        json.WriteString("strategy", report.Strategy);
        json.WriteNumber("seed", report.Seed);
        json.WriteNumber("iterations", report.Iterations);
        json.WriteNumber("decisions", report.Decisions);
        json.WriteNumber("seconds", Math.Round(report.Seconds, 3));
        json.WriteNumber("decisionsPerSecond", Rate(report.Decisions, report.Seconds));
        json.WriteNumber("schedulesPerSecond", Rate(report.Iterations, report.Seconds));
        json.WriteNumber("workers", report.Workers);
        json.WriteString("eventHash", report.EventHash.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteStartObject("goals");
        foreach ((string name, long count) in report.Goals)
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("violations");
        if (report.Violation is { } violation)
        {
            json.WriteStartObject();
            json.WriteString("property", violation.Property);
            json.WriteString("message", violation.Message);
            json.WriteNumber("iteration", violation.Iteration);
            json.WriteString("schedule", schedule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One object: the build, and what <paramref name="write"/> adds.</summary>
    public static string Write(IReadOnlyList<Scenario> scenarios, Action<Utf8JsonWriter> write) => Write(json =>
    {
        json.WriteString("build", scenarios.Count == 0 ? null : CommandContext.Build(scenarios[0]));
        write(json);
    });

    private static double Rate(long count, double seconds) => seconds > 0 ? Math.Round(count / seconds, 1) : 0;

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>One object, with what is written into it.</summary>
    public static string Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
