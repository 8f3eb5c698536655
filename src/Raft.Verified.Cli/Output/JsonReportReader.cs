using System.Globalization;
using System.Text.Json;
using Raft.Verified.Exploration;

namespace Raft.Verified.Cli.Output;

/// <summary>A reader for the output of <c>raft test --json</c>.</summary>
internal static class JsonReportReader
{
    private const string Expected = "expected a report of 'raft test --json'";

    /// <summary>Reads the report in a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="InputException">The file cannot be read, or is not such a report.</exception>
    public static TestFindings Read(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InputException($"the path of a report is empty; {Expected}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Findings(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}, line {(exception.LineNumber ?? 0) + 1}: not JSON, or incomplete; {Expected}");
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or OverflowException)
        {
            throw new InputException($"{path}: {exception.Message}; {Expected}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {exception.Message}");
        }
    }

    private static TestFindings Findings(JsonElement report)
    {
        JsonElement settings = Get(report, "settings", JsonValueKind.Object);
        int shard = Get(report, "shard", JsonValueKind.Number).GetInt32();
        int shards = Get(report, "shards", JsonValueKind.Number).GetInt32();
        if (shard < 1 || shard > shards)
        {
            throw new FormatException($"its shard is {shard} of {shards}");
        }

        return new TestFindings
        {
            Build = OptionalText(report, "build"),
            Settings = new TestSettings(
                Text(settings, "strategy"),
                Get(settings, "seed", JsonValueKind.Number).GetUInt64(),
                Optional(settings, "iterations")?.GetInt64(),
                Optional(settings, "seconds")?.GetDouble(),
                Optional(settings, "maxSteps")?.GetInt32(),
                Optional(settings, "regressions")?.GetInt32())
            {
                Schedule = Optional(settings, "schedule")?.GetInt64(),
            },
            Shard = shard,
            Shards = shards,
            Workers = Get(report, "workers", JsonValueKind.Number).GetInt32(),
            Seconds = Get(report, "seconds", JsonValueKind.Number).GetDouble(),
            WasInterrupted = Get(report, "interrupted").GetBoolean(),
            Regressions = [.. Get(report, "regressions", JsonValueKind.Array).EnumerateArray().Select(Regression)],
            Runs = [.. Get(report, "runs", JsonValueKind.Array).EnumerateArray().Select(Run)],
            NotRun = [.. Get(report, "notRun", JsonValueKind.Array).EnumerateArray().Select(name => name.GetString() ?? "")],
        };
    }

    private static RegressionFinding Regression(JsonElement regression) => new(
        Text(regression, "file"),
        Text(regression, "scenario"),
        Text(regression, "recorded"),
        Get(regression, "seconds", JsonValueKind.Number).GetDouble(),
        OptionalText(regression, "property"),
        OptionalText(regression, "message"),
        OptionalText(regression, "schedule"),
        OptionalText(regression, "scheduleError"));

    private static ScenarioFindings Run(JsonElement run)
    {
        string hash = Text(run, "eventHash");
        return new ScenarioFindings
        {
            Scenario = Text(run, "scenario"),
            Iterations = Get(run, "iterations", JsonValueKind.Number).GetInt64(),
            Decisions = Get(run, "decisions", JsonValueKind.Number).GetInt64(),
            Seconds = Get(run, "seconds", JsonValueKind.Number).GetDouble(),
            Workers = Get(run, "workers", JsonValueKind.Number).GetInt32(),
            EventHash = ulong.TryParse(hash, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
                ? value
                : throw new FormatException($"\"eventHash\" is '{hash}'"),
            Goals = [.. Get(run, "goals", JsonValueKind.Object).EnumerateObject().Select(goal => (goal.Name, goal.Value.GetInt64()))],
            Exhausted = Optional(run, "exhausted")?.GetBoolean() == true
                ? new Exhaustion(Get(run, "withinSteps", JsonValueKind.Number).GetInt32(), OptionalText(run, "leftOut"))
                : null,
            Violations = [.. Get(run, "violations", JsonValueKind.Array).EnumerateArray().Select(Violation)],
            Kept = Optional(run, "kept") is { } kept ? Kept(kept) : null,
        };
    }

    private static ViolationFinding Violation(JsonElement violation) => new(
        Text(violation, "property"),
        Text(violation, "message"),
        Get(violation, "iteration", JsonValueKind.Number).GetInt64(),
        OptionalText(violation, "schedule"),
        OptionalText(violation, "scheduleError"),
        Text(violation, "strategy"),
        Text(violation, "clock"),
        Get(violation, "decisions", JsonValueKind.Number).GetInt64());

    private static KeptFinding Kept(JsonElement kept) => new(
        Get(kept, "iteration", JsonValueKind.Number).GetInt64(),
        OptionalText(kept, "schedule"),
        OptionalText(kept, "scheduleError"),
        Text(kept, "strategy"),
        Text(kept, "clock"),
        Get(kept, "decisions", JsonValueKind.Number).GetInt64());

    private static JsonElement? Optional(JsonElement within, string name) =>
        Object(within).TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement Get(JsonElement within, string name) => Optional(within, name) ?? throw new FormatException($"\"{name}\" is missing");

    private static JsonElement Get(JsonElement within, string name, JsonValueKind kind) =>
        Get(within, name) is var value && value.ValueKind == kind ? value : throw new FormatException($"\"{name}\" is a {value.ValueKind}, not a {kind}");

    private static string Text(JsonElement within, string name) => Get(within, name, JsonValueKind.String).GetString()!;

    private static string? OptionalText(JsonElement within, string name) => Optional(within, name) is null ? null : Text(within, name);

    private static JsonElement Object(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element : throw new FormatException($"found a {element.ValueKind} instead of an object");
}
