using System.Text.Json;
using Raft.Verified.ModelChecking;

namespace Raft.Verified.Cli.Output.Check;

/// <summary>The reports of <c>raft check</c> as one JSON object.</summary>
internal static class CheckJson
{
    /// <summary>Returns the reports as JSON.</summary>
    /// <param name="reports">The reports of the models that were checked.</param>
    /// <param name="schedule">
    /// The schedule of the violation in the last report; null when there is no violation.
    /// </param>
    public static string Of(IReadOnlyList<ModelReport> reports, CheckSchedule? schedule) => JsonReport.Write(json =>
    {
        json.WriteStartArray("models");
        foreach (ModelReport report in reports)
        {
            Write(json, report, report.Violation is null ? null : schedule);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, ModelReport report, CheckSchedule? schedule)
    {
        json.WriteStartObject();
        json.WriteString("model", report.Bounds.Name);
        WriteBounds(json, report.Bounds);
        json.WriteStartArray("reductions");
        foreach ((bool isOn, string name) in new[] { (report.Options.Symmetry, "symmetry"), (report.Options.EagerClosure, "closure"), (report.Options.DeadReplies, "dead-replies") })
        {
            if (isOn)
            {
                json.WriteStringValue(name);
            }
        }

        json.WriteEndArray();
        json.WriteNumber("states", report.States);
        json.WriteNumber("steps", report.Steps);
        json.WriteNumber("realSteps", report.RealSteps);
        json.WriteNumber("localStates", report.LocalStates);
        json.WriteNumber("messages", report.Messages);
        json.WriteNumber("depth", report.Depth);
        json.WriteNumber("queue", report.Queue);
        json.WriteNumber("seconds", report.Seconds);
        json.WriteNumber("workers", report.Options.Workers);
        json.WriteNumber("memoryBytes", report.TableBytes);
        json.WriteBoolean("complete", report.IsComplete);
        if (report.Limit is { } limit)
        {
            json.WriteString("limit", limit);
        }

        if (report.Violation is { } violation)
        {
            json.WriteString("property", violation.Property);
            json.WriteString("message", violation.Message);
            json.WriteStartArray("trace");
            foreach (string step in violation.Steps)
            {
                json.WriteStringValue(step);
            }

            json.WriteEndArray();
        }

        if (schedule is not null)
        {
            WriteSchedule(json, schedule);
        }

        json.WriteEndObject();
    }

    private static void WriteSchedule(Utf8JsonWriter json, CheckSchedule schedule)
    {
        json.WriteStartObject("onServers");
        json.WriteString("property", schedule.Schedule?.Header.Property);
        json.WriteString("message", schedule.Schedule?.Header.Message);
        json.WriteString("schedule", schedule.File);
        if (schedule.Error is { } error)
        {
            json.WriteString("error", error);
        }

        json.WriteStartArray("notes");
        foreach (string note in schedule.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBounds(Utf8JsonWriter json, ModelBounds bounds)
    {
        json.WriteStartObject("bounds");
        json.WriteNumber("servers", bounds.Servers);
        json.WriteNumber("candidates", bounds.Candidates == 0 ? bounds.Servers : bounds.Candidates);
        json.WriteNumber("evenTerms", bounds.EvenTerms);
        json.WriteNumber("terms", bounds.MaxTerm);
        json.WriteNumber("proposals", bounds.MaxProposals);
        json.WriteNumber("crashes", bounds.MaxCrashes);
        json.WriteNumber("snapshots", bounds.MaxCompactions);
        json.WriteNumber("reads", bounds.MaxRounds);
        json.WriteNumber("entries", bounds.MaxEntries);
        json.WriteNumber("inFlight", bounds.MaxInFlight);
        json.WriteNumber("chunks", bounds.Chunks);
        json.WriteBoolean("heartbeats", bounds.Heartbeats);
        json.WriteBoolean("asyncDisk", bounds.AsyncDisk);
        json.WriteBoolean("emptyEntry", bounds.EmptyEntry);
        json.WriteEndObject();
    }
}
