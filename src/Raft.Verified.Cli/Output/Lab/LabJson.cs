using System.Globalization;
using System.Text.Json;
using Raft.Verified.Cli.Commands;
using Raft.Verified.Exploration;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Output.Lab;

/// <summary>The output of <c>raft lab --json</c>: one JSON object.</summary>
internal static class LabJson
{
    /// <summary>Returns the report of a run.</summary>
    /// <param name="run">The run, after its end.</param>
    public static string Of(LabRun run) => JsonReport.Write([.. run.Options.Tests.Select(test => test.Scenario)], json =>
    {
        (long runs, long failures, _, _) = run.Totals();
        json.WriteNumber("seed", run.Options.Seed);
        json.WriteNumber("workers", run.Options.Workers);
        json.WriteNumber("seconds", Math.Round(run.Elapsed.TotalSeconds, 3));
        json.WriteNumber("passed", runs - failures);
        json.WriteNumber("failed", failures);
        json.WriteStartArray("tests");
        for (int i = 0; i < run.Options.Tests.Count; i++)
        {
            WriteTest(json, run.Options.Tests[i], run.TotalsOf(i), run.FailuresOf(i));
        }

        json.WriteEndArray();
    });

    private static void WriteTest(Utf8JsonWriter json, LabSuiteTest test, SuiteTotals totals, IReadOnlyList<LabFailure> failures)
    {
        json.WriteStartObject();
        json.WriteString("test", test.Name);
        json.WriteString("scenario", test.Scenario.Name);
        json.WriteNumber("servers", test.Scenario.Cluster.Servers);
        json.WriteNumber("runs", totals.Runs);
        json.WriteNumber("failures", totals.Failures);
        json.WriteNumber("decisions", totals.Decisions);
        json.WriteNumber("realSeconds", Math.Round(totals.RealSeconds, 3));
        WriteAverages(json, "average", totals.SimulatedSeconds, totals.Average(ScenarioFigure.Requests), totals.Average(ScenarioFigure.Bytes), totals.Average(ScenarioFigure.Committed));
        if (test.Published is { } published)
        {
            WriteAverages(json, "published", published.Seconds, published.Requests, published.Bytes, published.Operations, published.Year);
        }

        json.WriteString("eventHash", totals.EventHash.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteStartArray("failed");
        foreach (LabFailure failure in failures)
        {
            json.WriteStartObject();
            json.WriteNumber("run", failure.Run);
            json.WriteString("property", failure.Property);
            json.WriteString("message", failure.Message);
            json.WriteString("schedule", failure.ScheduleFile);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAverages(Utf8JsonWriter json, string name, double seconds, double requests, double? bytes, double? operations, int? year = null)
    {
        json.WriteStartObject(name);
        json.WriteNumber("simulatedSeconds", Math.Round(seconds, 3));
        json.WriteNumber("requests", Math.Round(requests, 1));
        WriteOptional(json, "bytes", bytes);
        WriteOptional(json, "operations", operations);
        WriteOptional(json, "year", year);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, 1));
        }
    }
}
