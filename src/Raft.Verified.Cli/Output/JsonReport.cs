using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Raft.Verified.Cli.Output.Coverage;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Output;

/// <summary>The output of <c>--json</c>: one JSON object.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Returns the report of a test run, which <see cref="JsonReportReader"/> can read. Scenarios that an interrupted
    /// run did not start are not among its runs.
    /// </summary>
    /// <param name="findings">The findings of the run.</param>
    public static string Of(TestFindings findings) => Write(json =>
    {
        json.WriteString("build", findings.Build);
        WriteSettings(json, findings.Settings);
        json.WriteNumber("shard", findings.Shard);
        json.WriteNumber("shards", findings.Shards);
        json.WriteNumber("workers", findings.Workers);
        json.WriteNumber("seconds", Math.Round(findings.Seconds, 3));
        json.WriteBoolean("interrupted", findings.WasInterrupted);
        json.WriteNumber("exitStatus", findings.ExitStatus);
        json.WriteStartArray("regressions");
        foreach (RegressionFinding regression in findings.Regressions)
        {
            WriteRegression(json, regression);
        }

        json.WriteEndArray();
        json.WriteStartArray("runs");
        foreach (ScenarioFindings run in findings.Runs)
        {
            WriteRun(json, findings.Settings, run);
        }

        json.WriteEndArray();
        WriteArray(json, "notRun", findings.NotRun);
    });

    /// <summary>Returns the list of scenarios.</summary>
    /// <param name="scenarios">The scenarios to list.</param>
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

    /// <summary>Returns an object with the build and further properties.</summary>
    /// <param name="scenarios">The scenarios, the first of which determines the build; empty for a null build.</param>
    /// <param name="write">The function that writes the further properties.</param>
    public static string Write(IReadOnlyList<Scenario> scenarios, Action<Utf8JsonWriter> write) => Write(json =>
    {
        json.WriteString("build", scenarios.Count == 0 ? null : CommandContext.Build(scenarios[0]));
        write(json);
    });

    /// <summary>Returns an object.</summary>
    /// <param name="write">The function that writes its properties.</param>
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

    private static void WriteSettings(Utf8JsonWriter json, TestSettings settings)
    {
        json.WriteStartObject("settings");
        json.WriteString("strategy", settings.Strategy);
        json.WriteNumber("seed", settings.Seed);
        if (settings.Schedule is { } schedule)
        {
            json.WriteNumber("schedule", schedule);
        }

        WriteOptional(json, "iterations", settings.Iterations);
        WriteOptional(json, "seconds", settings.Seconds);
        WriteOptional(json, "maxSteps", settings.MaxSteps);
        WriteOptional(json, "regressions", settings.Regressions);
        json.WriteBoolean("goalsMustBeReached", settings.GoalsMustBeReached);
        json.WriteEndObject();
    }

    private static void WriteRegression(Utf8JsonWriter json, RegressionFinding regression)
    {
        json.WriteStartObject();
        json.WriteString("file", regression.File);
        json.WriteString("scenario", regression.Scenario);
        json.WriteString("recorded", regression.Recorded);
        json.WriteNumber("seconds", Math.Round(regression.Seconds, 3));
        json.WriteString("property", regression.Property);
        json.WriteString("message", regression.Message);
        json.WriteString("schedule", regression.Schedule);
        if (regression.ScheduleError is { } error)
        {
            json.WriteString("scheduleError", error);
        }

        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, TestSettings settings, ScenarioFindings run)
    {
        json.WriteStartObject();
        json.WriteString("scenario", run.Scenario);
        json.WriteString("strategy", settings.Strategy);
        json.WriteNumber("seed", settings.Seed);
        json.WriteNumber("iterations", run.Iterations);
        json.WriteNumber("decisions", run.Decisions);
        json.WriteNumber("seconds", Math.Round(run.Seconds, 3));
        json.WriteNumber("decisionsPerSecond", Rate(run.Decisions, run.Seconds));
        json.WriteNumber("schedulesPerSecond", Rate(run.Iterations, run.Seconds));
        json.WriteNumber("workers", run.Workers);
        json.WriteString("eventHash", run.EventHash.ToString("x16", CultureInfo.InvariantCulture));
        if (run.Exhausted is { } exhausted)
        {
            json.WriteBoolean("exhausted", true);
            json.WriteNumber("withinSteps", exhausted.Steps);
            json.WriteString("leftOut", exhausted.LeftOut);
        }

        json.WriteStartObject("goals");
        foreach ((string name, long count) in run.Goals)
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("violations");
        foreach (ViolationFinding violation in run.Violations)
        {
            WriteViolation(json, violation);
        }

        json.WriteEndArray();
        if (run.Kept is { } kept)
        {
            json.WriteStartObject("kept");
            WriteSchedule(json, kept.Iteration, kept.Schedule, kept.ScheduleError, kept.Strategy, kept.Clock, kept.Decisions);
            json.WriteEndObject();
        }

        if (run.Coverage is { } coverage)
        {
            CoverageJson.Write(json, coverage);
        }

        json.WriteEndObject();
    }

    private static void WriteViolation(Utf8JsonWriter json, ViolationFinding violation)
    {
        json.WriteStartObject();
        json.WriteString("property", violation.Property);
        json.WriteString("message", violation.Message);
        WriteSchedule(json, violation.Iteration, violation.Schedule, violation.ScheduleError, violation.Strategy, violation.Clock, violation.Decisions);
        json.WriteEndObject();
    }

    private static void WriteSchedule(Utf8JsonWriter json, long iteration, string? schedule, string? scheduleError, string strategy, string clock, long decisions)
    {
        json.WriteNumber("iteration", iteration);
        json.WriteString("schedule", schedule);
        if (scheduleError is { } error)
        {
            json.WriteString("scheduleError", error);
        }

        json.WriteString("strategy", strategy);
        json.WriteString("clock", clock);
        json.WriteNumber("decisions", decisions);
    }

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

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
