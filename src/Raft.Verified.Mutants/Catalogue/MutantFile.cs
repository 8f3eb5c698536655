using System.Text.Json;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Mutants.Catalogue;

/// <summary>
/// A reader for the data files of the catalogue: JSON, one file per mutant. A longer text may be an array of lines.
/// </summary>
public static class MutantFile
{
    private const int MaxBudget = 1_000_000;

    private static readonly string[] Known = ["id", "title", "seen", "file", "replace", "with", "also", "properties", "scenarios", "strategies", "budget", "labTests"];

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a mutant from the text of its file.</summary>
    /// <param name="name">The name of the file, for messages.</param>
    /// <param name="text">The content of the file.</param>
    /// <exception cref="MutantException">The file is malformed.</exception>
    public static Mutant Parse(string name, string text) => Read(name, text, json =>
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!Known.Contains(property.Name))
            {
                throw new MutantException($"unknown field \"{property.Name}\"; expected one of {string.Join(", ", Known)}");
            }
        }

        List<MutantEdit> edits = [ReadEdit(json)];
        if (json.TryGetProperty("also", out JsonElement also))
        {
            edits.AddRange(also.EnumerateArray().Select(ReadEdit));
        }

        Mutant mutant = new()
        {
            Id = Text(json, "id"),
            Title = Text(json, "title"),
            Seen = Text(json, "seen"),
            Edits = edits,
            Properties = Names(json, "properties"),
            Scenarios = Names(json, "scenarios"),
            Strategies = json.TryGetProperty("strategies", out _) ? Names(json, "strategies") : [Portfolio.Name],
            Budget = Field(json, "budget").GetInt32(),
            LabTests = json.TryGetProperty("labTests", out _) ? [.. json.GetProperty("labTests").EnumerateArray().Select(test => test.GetString()!)] : [],
        };
        Check(mutant);
        return mutant;
    });

    /// <summary>Reads the list of bugs without a mutant: an array of objects with id, title and reason.</summary>
    /// <param name="name">The name of the file, for messages.</param>
    /// <param name="text">The content of the file.</param>
    /// <exception cref="MutantException">The file is malformed.</exception>
    public static IReadOnlyList<SetAsideBug> ParseSetAside(string name, string text) => Read<SetAsideBug[]>(name, text, json =>
        [.. json.EnumerateArray().Select(bug => new SetAsideBug(Text(bug, "id"), Text(bug, "title"), Text(bug, "reason")))]);

    private static T Read<T>(string name, string text, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            return read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new MutantException($"{name}: not JSON: {exception.Message}");
        }
        catch (Exception exception) when (exception is MutantException or InvalidOperationException or FormatException)
        {
            throw new MutantException($"{name}: {exception.Message}");
        }
    }

    private static void Check(Mutant mutant)
    {
        if (mutant.Budget is < 1 or > MaxBudget)
        {
            throw new MutantException($"\"budget\" is {mutant.Budget}; expected 1 to {MaxBudget} schedules");
        }

        if (mutant.Strategies.FirstOrDefault(strategy => !Portfolio.Names.Contains(strategy)) is { } unknown)
        {
            throw new MutantException($"unknown strategy '{unknown}'; expected one of {string.Join(", ", Portfolio.Names)}");
        }
    }

    private static MutantEdit ReadEdit(JsonElement json)
    {
        MutantEdit edit = new(Text(json, "file"), Text(json, "replace"), Text(json, "with", mayBeEmpty: true));
        return edit.Replace != edit.With ? edit : throw new MutantException("\"with\" is the same as \"replace\"; expected a change");
    }

    private static string[] Names(JsonElement json, string field)
    {
        string[] names = [.. Field(json, field).EnumerateArray().Select(name => name.GetString()!)];
        return names.Length > 0 ? names : throw new MutantException($"\"{field}\" is empty; expected at least one name");
    }

    private static string Text(JsonElement json, string field, bool mayBeEmpty = false)
    {
        JsonElement value = Field(json, field);
        string text = value.ValueKind == JsonValueKind.Array
            ? string.Join('\n', value.EnumerateArray().Select(line => line.GetString()))
            : value.GetString() ?? "";
        return text.Length > 0 || mayBeEmpty ? text : throw new MutantException($"\"{field}\" is empty; expected a text");
    }

    private static JsonElement Field(JsonElement json, string field) => json.TryGetProperty(field, out JsonElement value)
        ? value
        : throw new MutantException($"\"{field}\" is missing");
}
