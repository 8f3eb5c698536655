using System.Text.Json;
using System.Text.Json.Nodes;

namespace Raft.Verified.ModelChecking.Traces;

/// <summary>
/// Validates traces against the shipping core, as TLC does against <c>specs/tla/TraceRaft.tla</c>: each line's input, given to the core that the lines before have
/// led to, must have come to what the line says; a message that is received must have been sent; a server that starts finds what its disk holds.
/// </summary>
public static class TraceValidator
{
    /// <summary>Validates a trace.</summary>
    /// <param name="lines">The trace's lines, the header first.</param>
    /// <returns>True when it is accepted, or what is wrong with the first line that is not.</returns>
    public static TraceVerdict Validate(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        HashSet<string> messages = [];
        TracedServer[]? servers = null;
        int accepted = 0;
        try
        {
            foreach (string text in lines)
            {
                TraceNode line = new(Parse(text), "");
                if (servers is null)
                {
                    TraceHeader header = TraceHeader.Read(line);
                    servers = [.. Enumerable.Range(1, header.Servers).Select(id => new TracedServer(header.OptionsOf(id)))];
                }
                else
                {
                    Take(line, servers, messages, counts);
                }

                accepted++;
            }
        }
        catch (TraceException exception)
        {
            return new TraceVerdict(accepted, exception.Message, counts);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return new TraceVerdict(accepted, $"the core fails with this input: {exception.Message}", counts);
        }

        return servers is null ? new TraceVerdict(0, "the trace is empty; expected a header", counts) : new TraceVerdict(accepted, null, counts);
    }

    private static void Take(TraceNode line, TracedServer[] servers, HashSet<string> messages, SortedDictionary<string, int> counts)
    {
        string action = line["action"].Text;
        int server = (int)line["server"].NumberWithin(1, servers.Length);
        string name = action;
        if (action == "Forge")
        {
            messages.Add(TraceReading.Projection.Message(TraceReading.Message(line["message"])).ToJsonString());
        }
        else
        {
            name = action == "Receive" ? $"Receive {line["message"]["type"].Text}" : action;
            if (action == "Receive" && line["message"]["to"].Number != server)
            {
                throw new TraceException($"server is {server}; expected the receiver, {line["message"]["to"].Number}");
            }

            servers[server - 1].Take(action, line, messages);
        }

        counts[name] = counts.GetValueOrDefault(name) + 1;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new TraceException($"the line is no JSON: {exception.Message}");
        }
    }
}
