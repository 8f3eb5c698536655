using System.Text.Json.Nodes;

namespace Raft.Verified.ModelChecking.Traces;

/// <summary>A comparison of a line of a trace with the expected one.</summary>
internal static class TraceDifference
{
    /// <summary>Throws an exception when the recorded value is not the expected one.</summary>
    /// <param name="path">The name of the field, for the message.</param>
    /// <param name="recorded">The value in the trace; null when it is missing.</param>
    /// <param name="expected">The expected value; null for none.</param>
    /// <exception cref="TraceException">
    /// The values differ. The message names the field, its value and the expected value.
    /// </exception>
    public static void Require(string path, JsonNode? recorded, JsonNode? expected)
    {
        if (Find(path, recorded, expected) is { } difference)
        {
            throw new TraceException(difference);
        }
    }

    /// <summary>Returns a description of the first difference; null when there is none.</summary>
    /// <param name="path">The name of the field, for the message.</param>
    /// <param name="recorded">The value in the trace; null when it is missing.</param>
    /// <param name="expected">The expected value; null for none.</param>
    public static string? Find(string path, JsonNode? recorded, JsonNode? expected)
    {
        switch (expected)
        {
            case JsonObject fields when recorded is JsonObject found:
                return fields.Select(field => Find($"{path}.{field.Key}", found[field.Key], field.Value)).FirstOrDefault(difference => difference is not null)
                    ?? found.Where(field => !fields.ContainsKey(field.Key)).Select(field => $"{path} has the field '{field.Key}'; expected none").FirstOrDefault();
            case JsonArray items when recorded is JsonArray found:
                for (int i = 0; i < Math.Min(items.Count, found.Count); i++)
                {
                    if (Find($"{path}[{i + 1}]", found[i], items[i]) is { } difference)
                    {
                        return difference;
                    }
                }

                return items.Count == found.Count ? null : $"{path} has {found.Count} elements; expected {items.Count}: {items.ToJsonString()}";
            default:
                return JsonNode.DeepEquals(recorded, expected) ? null : $"{path} is {recorded?.ToJsonString() ?? "missing"}; expected {expected?.ToJsonString() ?? "nothing"}";
        }
    }
}
