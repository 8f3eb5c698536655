using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Gate;

namespace Raft.Verified.Cli.Output.Mutants;

/// <summary>The report of the gate, and the catalogue, as JSON.</summary>
internal static class MutantJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the report of the gate.</summary>
    /// <param name="report">The report of the gate.</param>
    public static string Of(MutantReport report) => new JsonObject
    {
        ["mutants"] = new JsonArray([.. report.Outcomes.Select(Of)]),
        ["setAside"] = SetAside(report.Catalogue),
        ["found"] = report.Found,
        ["tried"] = report.Outcomes.Count,
        ["foundByLabAlone"] = report.Options.LabRuns == 0 ? null : report.FoundByLab,
        ["medianShrunk"] = report.MedianShrunk,
        ["medianShrunkRun"] = report.MedianShrunkRun,
        ["idleLabTests"] = Names(report.IdleLabTests),
        ["seed"] = report.Options.Seed,
        ["seeds"] = report.Options.Seeds,
        ["labRuns"] = report.Options.LabRuns,
        ["workers"] = report.Options.Workers,
        ["seconds"] = Math.Round(report.Elapsed.TotalSeconds, 1),
        ["interrupted"] = report.WasInterrupted,
        ["passed"] = !report.IsFailed && !report.WasInterrupted,
    }.ToJsonString(Options);

    /// <summary>Returns the catalogue.</summary>
    /// <param name="catalogue">The catalogue to list.</param>
    public static string Of(MutantCatalogue catalogue) => new JsonObject
    {
        ["mutants"] = new JsonArray([.. catalogue.Mutants.Select(mutant => new JsonObject
        {
            ["id"] = mutant.Id,
            ["title"] = mutant.Title,
            ["seen"] = mutant.Seen,
            ["files"] = Names(mutant.Edits.Select(edit => edit.File).Distinct()),
            ["properties"] = Names(mutant.Properties),
            ["scenarios"] = Names(mutant.Scenarios),
            ["strategies"] = Names(mutant.Strategies),
            ["budget"] = mutant.Budget,
            ["labTests"] = Names(mutant.LabTests),
        })]),
        ["setAside"] = SetAside(catalogue),
    }.ToJsonString(Options);

    private static JsonObject Of(MutantOutcome outcome) => new()
    {
        ["id"] = outcome.Mutant.Id,
        ["title"] = outcome.Mutant.Title,
        ["verdict"] = outcome.Verdict.ToString().ToLowerInvariant(),
        ["reason"] = outcome.Reason,
        ["foundByLabAlone"] = outcome.LabAsked ? outcome.LabTests.Count > 0 : null,
        ["labTests"] = Names(outcome.LabTests),
        ["foundByExploration"] = outcome.Seeds.Count > 0 && outcome.Seeds.All(seed => seed.Property is not null),
        ["property"] = outcome.First?.Property,
        ["scenario"] = outcome.First?.Scenario,
        ["strategy"] = outcome.First?.Strategy,
        ["schedules"] = outcome.First?.Schedules,
        ["seconds"] = outcome.First is { } first ? Math.Round(first.Seconds, 3) : null,
        ["decisions"] = outcome.First?.Decisions,
        ["shrunkDecisions"] = outcome.Shrunk,
        ["fairEnd"] = outcome.Shrunk is null ? null : outcome.FairEnd,
        ["shrinkSeconds"] = Math.Round(outcome.ShrinkSeconds, 3),
        ["schedule"] = outcome.ScheduleFile,
        ["totalSeconds"] = Math.Round(outcome.Seconds, 1),
        ["seeds"] = new JsonArray([.. outcome.Seeds.Select(seed => new JsonObject
        {
            ["seed"] = seed.Seed,
            ["property"] = seed.Property,
            ["message"] = seed.Message,
            ["scenario"] = seed.Scenario,
            ["strategy"] = seed.Strategy,
            ["schedules"] = seed.Schedules,
            ["seconds"] = Math.Round(seed.Seconds, 3),
            ["decisions"] = seed.Decisions,
        })]),
    };

    private static JsonArray SetAside(MutantCatalogue catalogue) => new([.. catalogue.SetAside.Select(bug => new JsonObject
    {
        ["id"] = bug.Id,
        ["title"] = bug.Title,
        ["reason"] = bug.Reason,
    })]);

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => JsonValue.Create(name))]);
}
